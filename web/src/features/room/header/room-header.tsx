import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { BellOff, ChevronLeft, Menu } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isOfMany } from '../../../shared/format/is-of-many.ts'
import { otherMembers } from '../../../shared/format/room-title.ts'
import { AvatarMosaic } from '../../../shared/ui/avatar.tsx'
import { IconButton } from '../../../shared/ui/icon-button.tsx'
import { useAppSelector } from '../../../state/hooks.ts'
import { selectPresence } from '../../../state/people-selectors.ts'
import { useWatchPresence } from '../../../state/presence-watch.tsx'
import { CallButtons } from './call-buttons.tsx'
import { PresenceText } from './presence-text.tsx'
import styles from './room-header.module.css'

export interface RoomHeaderProps {
  readonly room: RoomSummary
  readonly myUserId: string
  readonly title: string
  readonly isDrawerOpen: boolean
  readonly onBack: () => void
  readonly onDrawer: () => void
  readonly onOpenProfile: (userId: string) => void
}

/** Who one is talking to. */
export function RoomHeader(props: RoomHeaderProps) {
  const { room, myUserId, title, isDrawerOpen, onBack, onDrawer, onOpenProfile } = props
  const { t } = useTranslation()
  const others = otherMembers(room, myUserId)
  const other = room.kind === 'direct' ? others[0] : undefined
  const isFriend = useAppSelector(
    (state) => other !== undefined && state.people.friends[other.userId] !== undefined,
  )
  const presence = useAppSelector((state) => (other ? selectPresence(state, other.userId) : undefined))
  useWatchPresence(other && isFriend ? [other.userId] : [])
  return (
    <header className={styles['header']}>
      <IconButton
        icon={ChevronLeft}
        iconSize={26}
        label={t('common.back')}
        className={styles['back'] ?? ''}
        onClick={onBack}
      />
      <button
        type="button"
        className={styles['who']}
        onClick={() => (other ? onOpenProfile(other.userId) : onDrawer())}
      >
        <AvatarMosaic people={others} size="sm" />
        <span className={styles['words']}>
          <span className={styles['top']}>
            <h1 className={styles['title']}>
              <bdi>{title}</bdi>
            </h1>
            {isOfMany(room.kind) && (
              <span className={styles['count']} aria-label={t('room.members', { count: room.memberCount })}>
                {room.memberCount}
              </span>
            )}
            {room.membership.isMuted && (
              <BellOff size={14} className={styles['mark']} aria-label={t('rooms.muted')} />
            )}
          </span>
          {presence && <PresenceText presence={presence} />}
        </span>
      </button>
      {room.kind !== 'self' && <CallButtons roomId={room.roomId} />}
      <IconButton
        icon={Menu}
        label={t(isDrawerOpen ? 'room.closeDrawer' : 'room.openDrawer')}
        aria-expanded={isDrawerOpen}
        onClick={onDrawer}
      />
    </header>
  )
}
