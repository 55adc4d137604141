import { codeOf } from '@our-now/client/client-error.ts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../field-text.ts'
import { useErrorText } from '../i18n/use-error-text.ts'

export interface PasswordSubmit {
  readonly isBusy: boolean
  readonly failure: string | undefined
  readonly submit: (event: FormEvent<HTMLFormElement>) => Promise<void>
}

/**
 * A form with nothing but the password.
 *
 * @param onPassword  Throws where it was wrong: the form stays and says so.
 */
export function usePasswordSubmit(onPassword: (password: string) => Promise<void>): PasswordSubmit {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  return {
    isBusy,
    failure,
    submit: async (event) => {
      event.preventDefault()
      const password = fieldText(new FormData(event.currentTarget), 'password')
      if (isBusy) return
      if (password === '') return setFailure(t('auth.passwordMissing'))
      setBusy(true)
      setFailure(undefined)
      try {
        await onPassword(password)
      } catch (error) {
        setFailure(errorText(error))
        setBusy(false)
      }
    },
  }
}

/** What is said beside the password; anything else is about what was asked for with it. */
export const isAboutPassword = (error: unknown): boolean =>
  ['credentials_wrong', 'rate_limited'].includes(codeOf(error))
