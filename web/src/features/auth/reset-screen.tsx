import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../../shared/field-text.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useClient } from '../../state/hooks.ts'
import { AuthLayout } from './auth-layout.tsx'
import styles from './auth-form.module.css'

export interface ResetScreenProps {
  readonly code: string
  /** To the sign-in, after the password was changed or given up. */
  readonly onDone: () => void
}

/** A new password by the operator's link. */
export function ResetScreen({ code, onDone }: ResetScreenProps) {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const [state, setState] = useState<'typing' | 'busy' | 'done'>('typing')
  const [problem, setProblem] = useState<string>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const newPassword = fieldText(new FormData(event.currentTarget), 'new-password')
    if (newPassword.length < 8) return setProblem(t('auth.passwordShort'))
    setState('busy')
    setProblem(undefined)
    try {
      await client.api.redeemPasswordReset({ code, newPassword })
      setState('done')
    } catch (error) {
      setProblem(errorText(error))
      setState('typing')
    }
  }

  return (
    <AuthLayout title={t('auth.resetTitle')} note={t(state === 'done' ? 'auth.resetDone' : 'auth.resetText')}>
      {state === 'done' ? (
        <Button variant="primary" fullWidth onClick={onDone}>
          {t('auth.signIn')}
        </Button>
      ) : (
        <form className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
          <TextField
            label={t('auth.newPassword')}
            name="new-password"
            autoComplete="new-password"
            maxLength={256}
            hint={t('auth.passwordHint')}
            reveal={{ show: t('auth.showPassword'), hide: t('auth.hidePassword') }}
            error={problem}
          />
          <Button
            type="submit"
            variant="primary"
            fullWidth
            isBusy={state === 'busy'}
            className={styles['submit']}
          >
            {t('auth.resetSubmit')}
          </Button>
        </form>
      )}
    </AuthLayout>
  )
}
