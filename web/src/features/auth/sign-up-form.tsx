import { codeOf } from '@our-now/client/client-error.ts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../../shared/field-text.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useAppDispatch } from '../../state/hooks.ts'
import { register } from '../../state/session-thunks.ts'
import { checkSignUp, toHandle, type SignUpFields } from './check-sign-up.ts'
import styles from './auth-form.module.css'

/** Which field a refusal is about; the others are said above the button. */
const fieldOfCode: Partial<Record<string, keyof SignUpFields>> = {
  handle_taken: 'handle',
  password_too_common: 'password',
  name_invalid: 'displayName',
}

export interface SignUpFormProps {
  /** The code of the invitation link, where one was opened. */
  readonly inviteCode?: string | undefined
  /** Called before the session changes, so that the first screen can be the welcome. */
  readonly onRegistered: () => void
}

export function SignUpForm({ inviteCode, onRegistered }: SignUpFormProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Partial<Record<keyof SignUpFields, string>>>({})
  const [failure, setFailure] = useState<string>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const fields = {
      displayName: fieldText(typed, 'name').trim(),
      handle: toHandle(fieldText(typed, 'username')),
      password: fieldText(typed, 'password'),
    }
    const problems = checkSignUp(fields)
    setFailure(undefined)
    setErrors({
      ...(problems.displayName && { displayName: t('errors.name_invalid') }),
      ...(problems.handle && {
        handle: t(problems.handle === 'missing' ? 'auth.handleMissing' : 'auth.handleInvalid'),
      }),
      ...(problems.password && { password: t('auth.passwordShort') }),
    })
    if (Object.keys(problems).length > 0 || isBusy) return
    setBusy(true)
    try {
      await dispatch(register({ ...fields, ...(inviteCode !== undefined && { inviteCode }) }))
      onRegistered()
    } catch (error) {
      const field = fieldOfCode[codeOf(error)]
      if (field === undefined) setFailure(errorText(error))
      else setErrors({ [field]: errorText(error) })
      setBusy(false)
    }
  }

  return (
    <form className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={t('auth.displayName')}
        name="name"
        autoComplete="name"
        maxLength={200}
        hint={t('auth.displayNameHint')}
        error={errors.displayName}
      />
      <TextField
        label={t('auth.handle')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={64}
        hint={t('auth.handleHint')}
        error={errors.handle}
      />
      <TextField
        label={t('auth.password')}
        name="password"
        autoComplete="new-password"
        maxLength={256}
        hint={t('auth.passwordHint')}
        reveal={{ show: t('auth.showPassword'), hide: t('auth.hidePassword') }}
        error={errors.password}
      />
      {failure !== undefined && (
        <p className={styles['failure']} role="alert">
          {failure}
        </p>
      )}
      <Button type="submit" variant="primary" fullWidth isBusy={isBusy} className={styles['submit']}>
        {t('auth.signUp')}
      </Button>
    </form>
  )
}
