import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../shared/ui/toast.tsx'
import { registerServiceWorker } from './register-service-worker.ts'

/** Offers a reload when a new version is there. */
export function useAppUpdates(): void {
  const { t } = useTranslation()
  const toast = useToast()
  const tell = useRef<(reload: () => void) => void>(undefined)
  useEffect(() => {
    tell.current = (reload) =>
      toast({
        text: t('common.updateReady'),
        action: { label: t('common.reload'), onSelect: reload },
        timeoutMs: 0,
      })
  })
  useEffect(() => {
    if (!import.meta.env.PROD) return
    // Without a worker the app works all the same, only not offline.
    registerServiceWorker((reload) => tell.current?.(reload)).catch(() => undefined)
  }, [])
}
