import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/text-field.tsx'
import { useFirstFocus } from '../ui/use-first-focus.ts'

export interface PasswordFieldProps {
  /** Password managers need to know whose password it is. */
  readonly handle: string
  readonly failure: string | undefined
}

/** The present password of somebody who is signed in. */
export function PasswordField({ handle, failure }: PasswordFieldProps) {
  const { t } = useTranslation()
  const ref = useFirstFocus()
  return (
    <>
      <input type="text" name="username" autoComplete="username" value={handle} readOnly hidden />
      <TextField
        label={t('auth.password')}
        name="password"
        autoComplete="current-password"
        maxLength={256}
        ref={ref}
        reveal={{ show: t('auth.showPassword'), hide: t('auth.hidePassword') }}
        error={failure}
      />
    </>
  )
}
