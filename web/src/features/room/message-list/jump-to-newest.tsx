import type { Message } from '@our-now/contracts/rooms.ts'
import { ArrowDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { callText } from '../../../shared/format/call-text.ts'
import { Avatar } from '../../../shared/ui/avatar.tsx'
import { IconButton } from '../../../shared/ui/icon-button.tsx'
import { useAppSelector } from '../../../state/hooks.ts'
import { selectDivider } from '../../../state/message-selectors.ts'
import type { RootState } from '../../../state/store.ts'
import { spoken } from '../announcer/announce.ts'
import styles from './jump-to-newest.module.css'

export interface JumpToNewestProps {
  readonly roomId: string
  readonly isFar: boolean
  readonly onJump: () => void
}

/** While one reads above: how many came below and what the newest says, or simply the way down. */
export function JumpToNewest({ roomId, isFar, onJump }: JumpToNewestProps) {
  const { t } = useTranslation()
  const newBelow = useAppSelector((state) => selectDivider(state, roomId)?.newBelow ?? 0)
  const isAtDivider = useAppSelector((state) => selectDivider(state, roomId)?.afterSeq !== undefined)
  const newest = useAppSelector((state) => newestOfOthers(state, roomId))
  const author = useAppSelector((state) => newest && state.people.profiles[newest.authorId])
  if (newBelow === 0 && isFar && isAtDivider)
    return (
      <div className={styles['place']}>
        <button type="button" className={styles['pill']} onClick={onJump}>
          <span className={styles['count']}>{t('room.toNewest')}</span>
          <ArrowDown size={16} aria-hidden="true" />
        </button>
      </div>
    )
  if (newBelow === 0)
    return isFar ? (
      <div className={styles['place']}>
        <IconButton
          icon={ArrowDown}
          iconSize={20}
          label={t('room.toNewest')}
          className={styles['round'] ?? ''}
          onClick={onJump}
        />
      </div>
    ) : null
  return (
    <div className={styles['place']}>
      <button
        type="button"
        className={styles['pill']}
        aria-label={t('room.newBelowLabel', { count: newBelow })}
        onClick={onJump}
      >
        {author && <Avatar person={author} size="xs" />}
        {newest && author && (
          <span className={styles['preview']}>
            <bdi className={styles['name']}>{author.displayName}</bdi>
            <span dir="auto">
              {newest.deletedAt !== undefined
                ? t('room.deleted')
                : newest.call
                  ? callText(newest.call, false, t)
                  : spoken(newest.text)}
            </span>
          </span>
        )}
        <span className={styles['count']}>{t('room.newBelow', { count: newBelow })}</span>
        <ArrowDown size={16} aria-hidden="true" />
      </button>
    </div>
  )
}

/** The newest message of somebody else whom I do not block, of the window or of what came after it. */
function newestOfOthers(state: RootState, roomId: string): Message | undefined {
  const timeline = state.messages.byRoom[roomId]?.timeline
  if (!timeline || state.session.status !== 'signed-in') return undefined
  const { userId } = state.session.account
  const line = (timeline.hasAfter ? timeline.tail : timeline.lines).findLast(
    (line) =>
      line.kind === 'message' &&
      line.message.authorId !== userId &&
      !state.people.blocks[line.message.authorId],
  )
  return line?.kind === 'message' ? line.message : undefined
}
