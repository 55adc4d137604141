import { useTranslation } from 'react-i18next'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

/** What happened, and one button to try again. */
export function LoadFailed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  return (
    <EmptyState isError action={<Button onClick={onRetry}>{t('common.retry')}</Button>}>
      {errorText(error)}
    </EmptyState>
  )
}
