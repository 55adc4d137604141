import type { OutboxEntry } from '@our-now/client/client.ts'
import { Clock3, RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '../../../shared/format/format-time.ts'
import { useLanguage } from '../../../shared/i18n/use-language.ts'
import styles from './send-state.module.css'

export interface SendStateProps {
  readonly entry: OutboxEntry
  readonly isLast: boolean
  readonly onRetry: (clientMessageId: string) => void
  readonly onDiscard: (clientMessageId: string) => void
}

/** Beside a message that is on its way: a clock, or what to do when it failed. */
export function SendState({ entry, isLast, onRetry, onDiscard }: SendStateProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (entry.state === 'failed')
    return (
      <span className={styles['failed']}>
        <button
          type="button"
          className={styles['verb']}
          aria-label={t('room.retrySend')}
          title={t('room.retrySend')}
          onClick={() => onRetry(entry.clientMessageId)}
        >
          <RotateCw size={15} strokeWidth={2.4} aria-hidden="true" />
        </button>
        <button
          type="button"
          className={styles['verb']}
          aria-label={t('room.discard')}
          title={t('room.discard')}
          onClick={() => onDiscard(entry.clientMessageId)}
        >
          <X size={16} strokeWidth={2.4} aria-hidden="true" />
        </button>
      </span>
    )
  return (
    <span className={styles['state']} aria-hidden="true">
      {entry.state === 'sent' ? (
        isLast && formatTime(entry.createdAtMs, language)
      ) : (
        <Clock3 size={12} className={styles['clock']} />
      )}
    </span>
  )
}
