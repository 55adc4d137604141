import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../../shared/field-text.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Button } from '../../shared/ui/button.tsx'
import { QrCode } from '../../shared/ui/qr-code.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useFirstFocus } from '../../shared/ui/use-first-focus.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './second-factor.module.css'

export interface SetUpAppProps {
  /** Base32, for typing. */
  readonly secret: string
  /** `otpauth://…` */
  readonly keyUri: string
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void
  readonly onStopped: () => void
}

/** The key for the app, and its first code back: proof that it was taken. */
export function SetUpApp({ secret, keyUri, onConfirmed, onStopped }: SetUpAppProps) {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const heading = useFirstFocus<HTMLHeadingElement>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = fieldText(new FormData(event.currentTarget), 'code').trim()
    if (isBusy) return
    if (code === '') return setFailure(t('auth.codeMissing'))
    setBusy(true)
    setFailure(undefined)
    try {
      onConfirmed((await client.api.confirmTotp({ code })).recoveryCodes)
    } catch (error) {
      setFailure(errorText(error))
      setBusy(false)
    }
  }

  return (
    <>
      <section className={styles['section']}>
        <h2 className={styles['heading']} ref={heading} tabIndex={-1}>
          {t('secondFactor.scanTitle')}
        </h2>
        <p className={styles['text']}>{t('secondFactor.scanText')}</p>
        <QrCode text={keyUri} label={t('secondFactor.scanLabel')} />
        <a className={styles['link']} href={keyUri}>
          {t('secondFactor.openApp')}
        </a>
        <details className={styles['details']}>
          <summary>{t('secondFactor.typeKey')}</summary>
          <output className={styles['key']} dir="ltr" aria-label={t('secondFactor.key')}>
            {secret.match(/.{1,4}/g)?.join(' ')}
          </output>
        </details>
      </section>
      <form className={styles['section']} onSubmit={(event) => void submit(event)} noValidate>
        <h2 className={styles['heading']}>{t('secondFactor.confirmTitle')}</h2>
        <TextField
          label={t('auth.appCode')}
          name="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          dir="ltr"
          maxLength={8}
          error={failure}
        />
        <div className={styles['buttons']}>
          <Button fullWidth onClick={onStopped}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" variant="primary" fullWidth isBusy={isBusy}>
            {t('secondFactor.turnOn')}
          </Button>
        </div>
      </form>
    </>
  )
}
