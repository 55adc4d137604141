import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import { classNames } from '../../../shared/ui/class-names.ts'
import { countLargeEmoji } from '../text/emoji-only.ts'
import { foldText } from '../text/fold-text.ts'
import { MessageText } from '../text/message-text.tsx'
import styles from './bubble.module.css'
import type { RowWords } from './message-row.tsx'

export interface BubbleProps {
  readonly text: string
  readonly isDeleted?: boolean
  readonly isMine: boolean
  /** The first of a run points to its sender. */
  readonly isFirst: boolean
  readonly isFaded?: boolean
  readonly words: RowWords
  readonly onReadAll: (text: string) => void
}

/** What was said. Knows nothing of time or readers, so that it is never drawn anew for them. */
export const Bubble = memo(function Bubble({
  text,
  isDeleted = false,
  isMine,
  isFirst,
  isFaded = false,
  words: { t },
  onReadAll,
}: BubbleProps) {
  const side = classNames(isMine ? styles['own'] : styles['other'], isFirst && styles['first'])
  if (isDeleted)
    return (
      <div data-bubble className={classNames(styles['bubble'], side, styles['deleted'])}>
        {t('room.deleted')}
      </div>
    )
  const emoji = countLargeEmoji(text)
  if (emoji > 0)
    return (
      <div data-bubble className={classNames(styles['emoji'], isFaded && styles['faded'])} data-count={emoji}>
        {text.trim()}
      </div>
    )
  const folded = foldText(text)
  return (
    <div data-bubble className={classNames(styles['bubble'], side, isFaded && styles['faded'])}>
      <MessageText text={folded === undefined ? text : `${folded}…`} />
      {folded !== undefined && (
        <button type="button" className={styles['all']} tabIndex={-1} onClick={() => onReadAll(text)}>
          {t('room.viewAll')}
          <ChevronRight size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  )
})
