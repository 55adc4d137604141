import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import styles from './connection-line.module.css'

/** A short hiccup is no news. */
const patienceMs = 1_500

/** A thin line while there is no connection: what one sees may be old, what one sends waits. */
export function ConnectionLine() {
  const { state, wasOnline } = useAppSelector((root) => root.connection)
  const isPlugged = useIsPlugged()
  // The socket notices a pulled cable only when its heartbeat is missed; the browser knows at once.
  const isCutOff = !isPlugged && !isServerHere()
  const isAway = isCutOff || (state !== 'online' && (wasOnline || state === 'offline'))
  return isAway ? <PatientLine /> : null
}

function PatientLine() {
  const { t } = useTranslation()
  const client = useClient()
  const retryAtMs = useAppSelector((root) => root.connection.retryAtMs)
  const seconds = useSecondsUntil(retryAtMs)
  const isPlugged = useIsPlugged()
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isShown) return null
  const isWaiting = isPlugged && seconds !== undefined && seconds > 1
  return (
    <div className={styles['line']} aria-live="polite">
      {/* The seconds run for the eye; read out once is enough. */}
      <span aria-hidden={isWaiting || undefined}>
        {!isPlugged
          ? t('common.offline')
          : isWaiting
            ? t('common.reconnectingIn', { seconds })
            : t('common.reconnecting')}
      </span>
      {isWaiting && (
        <button type="button" className={styles['retry']} onClick={() => client.connection.retryNow()}>
          {t('common.retryNow')}
        </button>
      )}
    </div>
  )
}

/** Whether the device has a network at all, as the browser says. */
const useIsPlugged = (): boolean => useSyncExternalStore(onPlugged, () => navigator.onLine)

/** A server on this very device needs no network. */
const isServerHere = (): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)

function onPlugged(tell: () => void): () => void {
  window.addEventListener('online', tell)
  window.addEventListener('offline', tell)
  return () => {
    window.removeEventListener('online', tell)
    window.removeEventListener('offline', tell)
  }
}

function useSecondsUntil(atMs: number | undefined): number | undefined {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (atMs === undefined) return undefined
    const timer = setInterval(() => setNowMs(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [atMs])
  return atMs === undefined ? undefined : Math.max(0, Math.ceil((atMs - nowMs) / 1_000))
}
