import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '../../shared/format/format-time.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { AskPassword } from '../../shared/password/ask-password.tsx'
import { isAboutPassword } from '../../shared/password/use-password-submit.ts'
import { Button } from '../../shared/ui/button.tsx'
import { LinkBox } from '../../shared/ui/link-box.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMyHandle } from '../../state/people-selectors.ts'
import styles from './settings.module.css'

interface Reset {
  readonly handle: string
  readonly code: string
  readonly expiresAt: number
}

/** Makes a link with which one person sets a new password. */
export function ResetLink() {
  const { t } = useTranslation()
  const headingId = useId()
  const client = useClient()
  const language = useLanguage()
  const errorText = useErrorText()
  const myHandle = useAppSelector(selectMyHandle)
  const [handle, setHandle] = useState('')
  const [isAsking, setAsking] = useState(false)
  const [reset, setReset] = useState<Reset>()
  const [failure, setFailure] = useState<string>()
  const typed = handle.trim().toLowerCase()

  const create = async (password: string) => {
    setFailure(undefined)
    setReset(undefined)
    try {
      setReset({ handle: typed, ...(await client.api.createPasswordReset({ handle: typed, password })) })
    } catch (error) {
      if (isAboutPassword(error)) throw error
      setFailure(errorText(error))
    }
  }

  return (
    <section className={styles['section']} aria-labelledby={headingId}>
      <h2 className={styles['heading']} id={headingId}>
        {t('settings.reset')}
      </h2>
      <p className={styles['text']}>{t('settings.resetText')}</p>
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
          {t('settings.resetCreate')}
        </Button>
      </form>
      {isAsking && (
        <AskPassword
          handle={myHandle}
          onClose={() => setAsking(false)}
          title={t('settings.resetCreate')}
          description={t('settings.resetPassword', { handle: typed })}
          confirmLabel={t('settings.resetCreate')}
          onPassword={create}
        />
      )}
      {reset && (
        <div className={styles['result']}>
          <LinkBox url={`${location.origin}/reset/${reset.code}`} label={t('settings.reset')} />
          <output className={styles['detail']}>
            {t('settings.resetReady', { handle: reset.handle, time: formatTime(reset.expiresAt, language) })}
          </output>
        </div>
      )}
    </section>
  )
}
