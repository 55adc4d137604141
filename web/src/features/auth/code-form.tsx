import type { TypedWay } from '@our-now/contracts/auth/second-factor.ts'
import { codeOf } from '@our-now/client/client-error.ts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../../shared/field-text.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useFirstFocus } from '../../shared/ui/use-first-focus.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './auth-form.module.css'

export interface CodeFormProps {
  readonly pendingToken: string
  readonly way: TypedWay
  /** This sign-in takes no more codes. */
  readonly onEnded: (failure: string) => void
}

/** The six digits of the app, or a recovery code. On success the session changes and the app takes over. */
export function CodeForm({ pendingToken, way, onEnded }: CodeFormProps) {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const fieldRef = useFirstFocus()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = fieldText(new FormData(event.currentTarget), 'code').trim()
    if (isBusy) return
    if (code === '') return setFailure(t('auth.codeMissing'))
    setBusy(true)
    setFailure(undefined)
    try {
      await client.session.completeSignIn({ pendingToken, way, code })
    } catch (error) {
      if (codeOf(error) === 'sign_in_ended') return onEnded(errorText(error))
      setFailure(errorText(error))
      setBusy(false)
      fieldRef.current?.select()
    }
  }

  return (
    <form className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
      {way === 'totp' ? (
        <TextField
          label={t('auth.appCode')}
          name="code"
          className={styles['code']}
          autoComplete="one-time-code"
          inputMode="numeric"
          dir="ltr"
          maxLength={8}
          ref={fieldRef}
          error={failure}
        />
      ) : (
        <TextField
          label={t('auth.recoveryCode')}
          name="code"
          className={styles['code']}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          dir="ltr"
          maxLength={32}
          ref={fieldRef}
          hint={t('auth.recoveryHint')}
          error={failure}
        />
      )}
      <Button type="submit" variant="primary" fullWidth isBusy={isBusy} className={styles['submit']}>
        {t('auth.signIn')}
      </Button>
    </form>
  )
}
