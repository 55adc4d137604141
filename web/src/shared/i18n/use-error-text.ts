import { ClientError, codeOf } from '@our-now/client/client-error.ts'
import { useTranslation } from 'react-i18next'

/** A failure as a sentence for the person: what happened and what to do. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation()
  return (error) => {
    const waitMs = error instanceof ClientError ? error.retryAfterMs : undefined
    const code = codeOf(error)
    if (code === 'rate_limited' && waitMs !== undefined)
      return t('common.waitSeconds', { seconds: Math.max(1, Math.ceil(waitMs / 1000)) })
    return t(`errors.${code}`)
  }
}
