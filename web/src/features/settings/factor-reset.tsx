import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAboutPassword } from '../../shared/password/use-password-submit.ts'
import { AskPassword } from '../../shared/password/ask-password.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useToast } from '../../shared/ui/toast.tsx'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMyHandle } from '../../state/people-selectors.ts'
import styles from './settings.module.css'

/** For somebody who lost every way through their second step. */
export function FactorReset() {
  const { t } = useTranslation()
  const headingId = useId()
  const client = useClient()
  const toast = useToast()
  const errorText = useErrorText()
  const myHandle = useAppSelector(selectMyHandle)
  const [handle, setHandle] = useState('')
  const [isAsking, setAsking] = useState(false)
  const [failure, setFailure] = useState<string>()
  const typed = handle.trim().toLowerCase()

  const reset = async (password: string) => {
    setFailure(undefined)
    try {
      const { wasOn } = await client.api.resetSecondFactor({ handle: typed, password })
      toast({ text: t(wasOn ? 'settings.factorResetDone' : 'settings.factorResetWasOff', { handle: typed }) })
      setHandle('')
    } catch (error) {
      if (isAboutPassword(error)) throw error
      setFailure(errorText(error))
    }
  }

  return (
    <section className={styles['section']} aria-labelledby={headingId}>
      <h2 className={styles['heading']} id={headingId}>
        {t('settings.factorReset')}
      </h2>
      <p className={styles['text']}>{t('settings.factorResetText')}</p>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (typed !== '') setAsking(true)
        }}
      >
        <TextField
          label={t('settings.resetHandle')}
          value={handle}
          autoCapitalize="none"
          autoCorrect="off"
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          onChange={(event) => setHandle(event.target.value)}
          error={failure}
        />
        <Button type="submit" disabled={typed === ''}>
          {t('settings.factorResetDo')}
        </Button>
      </form>
      {isAsking && (
        <AskPassword
          handle={myHandle}
          onClose={() => setAsking(false)}
          title={t('settings.factorResetTitle', { handle: typed })}
          description={t('settings.factorResetText')}
          confirmLabel={t('settings.factorResetDo')}
          isDangerous
          onPassword={reset}
        />
      )}
    </section>
  )
}
