import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { useTranslation } from 'react-i18next'
import { otherMembers } from '../../../shared/format/room-title.ts'
import { AvatarMosaic } from '../../../shared/ui/avatar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { useAppDispatch, useAppSelector } from '../../../state/hooks.ts'
import { loadOlder } from '../../../state/message-thunks.ts'
import styles from './history-top.module.css'

export interface HistoryTopProps {
  readonly room: RoomSummary
  readonly myUserId: string
  /** Older lines are loaded and about to be drawn. */
  readonly isComing: boolean
}

/** Above the oldest line: older ones on their way, a way to try again, or where it all began. */
export function HistoryTop({ room, myUserId, isComing }: HistoryTopProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const timeline = useAppSelector((state) => state.messages.byRoom[room.roomId])
  const [other] = otherMembers(room, myUserId)
  if (!timeline || timeline.status !== 'ready') return null
  if (timeline.timeline.hasBefore || isComing)
    return (
      <div className={styles['older']} aria-busy={timeline.isLoadingOlder || undefined}>
        {timeline.failure !== undefined && !timeline.isLoadingOlder ? (
          <Button size="sm" onClick={() => void dispatch(loadOlder(room.roomId))}>
            {t('common.retry')}
          </Button>
        ) : (
          <>
            <Skeleton width="46%" height="38px" shape="block" />
            <Skeleton width="30%" height="38px" shape="block" />
          </>
        )}
      </div>
    )
  return (
    <div className={styles['beginning']}>
      <AvatarMosaic people={otherMembers(room, myUserId)} size="lg" />
      <p>
        {room.kind === 'self'
          ? t('room.introSelf')
          : room.kind === 'direct' && other
            ? t('room.intro', { name: other.displayName })
            : t('room.introGroup')}
      </p>
    </div>
  )
}
