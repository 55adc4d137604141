import { memo } from 'react'
import styles from './message-meta.module.css'

export interface MessageMetaProps {
  /** How many have not read it; nothing at 0. */
  readonly unread: number
  /** On the last of a run. */
  readonly time: string | undefined
}

/**
 * What stands at the inner side of a bubble: the unread number above the time. Silent for screen readers, whose row says
 * both once; a number that counts down is not told again and again.
 */
export const MessageMeta = memo(function MessageMeta({ unread, time }: MessageMetaProps) {
  return (
    <span className={styles['meta']} aria-hidden="true">
      {unread > 0 && <span className={styles['unread']}>{unread}</span>}
      {time !== undefined && <span className={styles['time']}>{time}</span>}
    </span>
  )
})
