import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import styles from './connection-line.module.css'

/** A short hiccup is no news. */
const patienceMs = 1_500

/** A thin line while there is no connection: what one sees may be old, what one sends waits. */
export function ConnectionLine() {
  const { t } = useTranslation()
  const client = useClient()
  const { state, retryAtMs, wasOnline } = useAppSelector((root) => root.connection)
  const isAway = state !== 'online' && (wasOnline || state === 'offline')
  const isShown = useLasting(isAway, patienceMs)
  const seconds = useSecondsUntil(isShown ? retryAtMs : undefined)
  if (!isShown) return null
  const isUnplugged = !navigator.onLine
  return (
    <div className={styles['line']} role="status">
      <span>
        {isUnplugged
          ? t('common.offline')
          : seconds !== undefined && seconds > 1
            ? t('common.reconnectingIn', { seconds })
            : t('common.reconnecting')}
      </span>
      {!isUnplugged && seconds !== undefined && seconds > 1 && (
        <button type="button" className={styles['retry']} onClick={() => client.connection.retryNow()}>
          {t('common.retryNow')}
        </button>
      )}
    </div>
  )
}

/** True once it has been true for this long; false at once. */
function useLasting(isTrue: boolean, forMs: number): boolean {
  const [isLasting, setLasting] = useState(false)
  useEffect(() => {
    if (!isTrue) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), forMs)
    return () => clearTimeout(timer)
  }, [isTrue, forMs])
  return isLasting
}

function useSecondsUntil(atMs: number | undefined): number | undefined {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (atMs === undefined) return undefined
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [atMs])
  return atMs === undefined ? undefined : Math.max(0, Math.ceil((atMs - nowMs) / 1_000))
}
