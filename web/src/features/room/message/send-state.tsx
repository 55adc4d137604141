import type { OutboxEntry } from '@our-now/client/client.ts'
import { Clock3, RotateCw, X } from 'lucide-react'
import type { RowVerbs, RowWords } from './message-row.tsx'
import styles from './send-state.module.css'

export interface SendStateProps {
  readonly entry: OutboxEntry
  /** On the last of a run. */
  readonly time: string | undefined
  readonly words: RowWords
  readonly verbs: RowVerbs
}

/** Beside a message that is on its way: a clock, or what to do when it failed. */
export function SendState({ entry, time, words: { t }, verbs }: SendStateProps) {
  if (entry.state === 'failed')
    return (
      <span className={styles['failed']}>
        <button
          type="button"
          className={styles['verb']}
          aria-label={t('room.retrySend')}
          title={t('room.retrySend')}
          onClick={() => verbs.retry(entry.clientMessageId)}
        >
          <RotateCw size={15} strokeWidth={2.4} aria-hidden="true" />
        </button>
        <button
          type="button"
          className={styles['verb']}
          aria-label={t('room.discard')}
          title={t('room.discard')}
          onClick={() => verbs.discard(entry.clientMessageId)}
        >
          <X size={16} strokeWidth={2.4} aria-hidden="true" />
        </button>
      </span>
    )
  return (
    <span className={styles['state']} aria-hidden="true">
      {entry.state === 'sent' ? time : <Clock3 size={12} className={styles['clock']} />}
    </span>
  )
}
