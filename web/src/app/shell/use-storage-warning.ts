import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../shared/ui/toast.tsx'
import { useAppSelector } from '../../state/hooks.ts'

/** Says once, until it is closed, that unsent messages will not survive the window. */
export function useStorageWarning(): void {
  const { t } = useTranslation()
  const showToast = useToast()
  const isLost = useAppSelector(({ outbox }) => outbox.isStorageLost)
  useEffect(() => {
    if (isLost) showToast({ text: t('common.storageLost'), timeoutMs: 0, isUrgent: true })
  }, [isLost, showToast, t])
}
