import type { SecondFactorRequired } from '@our-now/contracts/auth/second-factor.ts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../../shared/field-text.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useAppDispatch } from '../../state/hooks.ts'
import { signIn } from '../../state/session-thunks.ts'
import styles from './auth-form.module.css'

export interface SignInFormProps {
  /** Why one is here again. */
  readonly note?: string | undefined
  /** The password was right, and more is asked. */
  readonly onSecondStep: (required: SecondFactorRequired) => void
}

/** Id and password. On success the session changes and the app takes over. */
export function SignInForm({ note, onSecondStep }: SignInFormProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [missing, setMissing] = useState<{ handle?: boolean; password?: boolean }>({})
  const [failure, setFailure] = useState(note)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const handle = fieldText(typed, 'username').trim()
    const password = fieldText(typed, 'password')
    setFailure(undefined)
    setMissing({ handle: handle === '', password: password === '' })
    if (handle === '' || password === '' || isBusy) return
    setBusy(true)
    try {
      const required = await dispatch(signIn({ handle, password }))
      if (required) onSecondStep(required)
    } catch (error) {
      setFailure(errorText(error))
      setBusy(false)
    }
  }

  return (
    <form className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={t('auth.handle')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={64}
        error={missing.handle === true ? t('auth.handleMissing') : undefined}
      />
      <TextField
        label={t('auth.password')}
        name="password"
        autoComplete="current-password"
        maxLength={256}
        reveal={{ show: t('auth.showPassword'), hide: t('auth.hidePassword') }}
        error={missing.password === true ? t('auth.passwordMissing') : undefined}
      />
      {failure !== undefined && (
        <p className={styles['failure']} role="alert">
          {failure}
        </p>
      )}
      <Button type="submit" variant="primary" fullWidth isBusy={isBusy} className={styles['submit']}>
        {t('auth.signIn')}
      </Button>
    </form>
  )
}
