import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { DoorOpen, LogOut, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOfMany } from '../../../shared/format/is-of-many.ts'
import { otherMembers } from '../../../shared/format/room-title.ts'
import { AvatarMosaic } from '../../../shared/ui/avatar.tsx'
import { IconButton } from '../../../shared/ui/icon-button.tsx'
import { Switch } from '../../../shared/ui/switch.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../../state/hooks.ts'
import { updateMembership } from '../../../state/room-thunks.ts'
import { DoorPanel } from '../video-room/door-panel.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { MemberList } from './member-list.tsx'
import { RenameRoomDialog } from './rename-room-dialog.tsx'
import styles from './room-drawer.module.css'

export interface RoomDrawerProps {
  readonly room: RoomSummary
  readonly myUserId: string
  readonly title: string
  readonly onOpenProfile: (userId: string) => void
  /** Inviting from a 1:1 room made another room. */
  readonly onOpenRoom: (roomId: string) => void
  readonly onLeft: () => void
}

type Question = 'invite' | 'rename' | 'leave' | 'leave-quietly'

/** Everything about a room beside its words: name, mute and pin, members, the way out. */
export function RoomDrawer({ room, myUserId, title, onOpenProfile, onOpenRoom, onLeft }: RoomDrawerProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { run } = useRun()
  const [question, setQuestion] = useState<Question>()
  const close = () => setQuestion(undefined)
  const { roomId, kind } = room
  const { isMuted, isPinned } = room.membership
  const change = (membership: { isMuted?: boolean; isPinned?: boolean }) =>
    void run(() => dispatch(updateMembership({ roomId, ...membership })))

  return (
    <div className={styles['drawer']}>
      <div className={styles['identity']}>
        <AvatarMosaic people={otherMembers(room, myUserId)} size="xl" />
        <div className={styles['name']}>
          <h2 className={styles['title']}>
            <bdi>{title}</bdi>
          </h2>
          {isOfMany(kind) && (
            <IconButton
              icon={Pencil}
              iconSize={16}
              label={t('room.rename')}
              className={styles['rename'] ?? ''}
              onClick={() => setQuestion('rename')}
            />
          )}
        </div>
      </div>
      <div className={styles['switches']}>
        {kind !== 'self' && (
          <Switch label={t('room.muted')} isOn={isMuted} onChange={(isOn) => change({ isMuted: isOn })} />
        )}
        <Switch label={t('room.pinned')} isOn={isPinned} onChange={(isOn) => change({ isPinned: isOn })} />
      </div>
      {kind === 'video' && <DoorPanel room={room} onClosed={onLeft} />}
      {kind !== 'self' && (
        <>
          <MemberList
            room={room}
            myUserId={myUserId}
            onOpenProfile={onOpenProfile}
            onInvite={() => setQuestion('invite')}
          />
          <div className={styles['ways']}>
            {isOfMany(kind) && (
              <button type="button" className={styles['way']} onClick={() => setQuestion('leave-quietly')}>
                <DoorOpen size={18} aria-hidden="true" />
                {t('room.leaveQuietly')}
              </button>
            )}
            <button
              type="button"
              className={`${styles['way']} ${styles['out']}`}
              onClick={() => setQuestion('leave')}
            >
              <LogOut size={18} aria-hidden="true" />
              {t('room.leave')}
            </button>
          </div>
        </>
      )}
      {question === 'invite' && (
        <InviteDialog
          room={room}
          onClose={close}
          onInvited={(invitedTo) => {
            close()
            if (invitedTo !== roomId) onOpenRoom(invitedTo)
          }}
        />
      )}
      {question === 'rename' && <RenameRoomDialog room={room} onClose={close} />}
      {(question === 'leave' || question === 'leave-quietly') && (
        <LeaveDialog room={room} isQuiet={question === 'leave-quietly'} onClose={close} onLeft={onLeft} />
      )}
    </div>
  )
}
