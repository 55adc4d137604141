import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '../../../shared/format/format-time.ts'
import { useLanguage } from '../../../shared/i18n/use-language.ts'
import styles from './message-meta.module.css'

export interface MessageMetaProps {
  /** How many have not read it; nothing at 0. */
  readonly unread: number
  /** On the last of a run. */
  readonly sentAt?: number | undefined
}

/**
 * What stands at the inner side of a bubble: the unread number above the time. Silent for screen readers, whose row says
 * both once; a number that counts down is not told again and again.
 */
export const MessageMeta = memo(function MessageMeta({ unread, sentAt }: MessageMetaProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <span className={styles['meta']} aria-hidden="true">
      {unread > 0 && (
        <span className={styles['unread']} title={t('room.unreadBy', { count: unread })}>
          {unread}
        </span>
      )}
      {sentAt !== undefined && (
        <time className={styles['time']} dateTime={new Date(sentAt).toISOString()}>
          {formatTime(sentAt, language)}
        </time>
      )}
    </span>
  )
})
