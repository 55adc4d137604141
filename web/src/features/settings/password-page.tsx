import { codeOf } from '@our-now/client/client-error.ts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../../shared/field-text.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useToast } from '../../shared/ui/toast.tsx'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import styles from './settings.module.css'

const minPasswordLength = 8

/** A new password; every other device is signed out with it. */
export function PasswordPage({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const toast = useToast()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [errors, setErrors] = useState<{ current?: string; next?: string }>({})
  const handle = useAppSelector((state) =>
    state.session.status === 'signed-in' ? state.session.account.handle : '',
  )
  const reveal = { show: t('auth.showPassword'), hide: t('auth.hidePassword') }

  const change = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const currentPassword = fieldText(typed, 'current-password')
    const newPassword = fieldText(typed, 'new-password')
    const found = {
      ...(currentPassword === '' && { current: t('auth.passwordMissing') }),
      ...(newPassword.length < minPasswordLength && { next: t('auth.passwordShort') }),
    }
    setErrors(found)
    if (Object.keys(found).length > 0 || isBusy) return
    setBusy(true)
    try {
      await client.api.changePassword({ currentPassword, newPassword })
      toast({ text: t('settings.passwordChanged') })
      onDone()
    } catch (error) {
      const isAboutNew = codeOf(error) === 'password_too_common'
      setErrors(isAboutNew ? { next: errorText(error) } : { current: errorText(error) })
      setBusy(false)
    }
  }

  return (
    <form
      className={`${styles['page']} ${styles['form']}`}
      onSubmit={(event) => void change(event)}
      noValidate
    >
      <p className={styles['text']}>{t('settings.passwordText')}</p>
      {/* Password managers need to know whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={handle} readOnly hidden />
      <TextField
        label={t('auth.currentPassword')}
        name="current-password"
        autoComplete="current-password"
        maxLength={256}
        reveal={reveal}
        error={errors.current}
      />
      <TextField
        label={t('auth.newPassword')}
        name="new-password"
        autoComplete="new-password"
        maxLength={256}
        hint={t('auth.passwordHint')}
        reveal={reveal}
        error={errors.next}
      />
      <Button type="submit" variant="primary" fullWidth isBusy={isBusy}>
        {t('settings.password')}
      </Button>
    </form>
  )
}
