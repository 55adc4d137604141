import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../shared/ui/button.tsx'
import { Dialog } from '../../../shared/ui/dialog.tsx'
import { PersonPicker } from '../../../shared/ui/person-picker.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector } from '../../../state/hooks.ts'
import { selectAllFriends } from '../../../state/people-selectors.ts'
import { inviteMembers } from '../../../state/room-thunks.ts'
import styles from './invite-dialog.module.css'

export interface InviteDialogProps {
  readonly room: RoomSummary
  readonly onClose: () => void
  /** Told the room they were invited to: another one when this is a 1:1 room. */
  readonly onInvited: (roomId: string) => void
}

/** Friends who are not here yet. A 1:1 room stays two: inviting makes a new group, and says so before. */
export function InviteDialog({ room, onClose, onInvited }: InviteDialogProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const friends = useAppSelector(selectAllFriends)
  const members = useAppSelector((state) => state.members.byRoom[room.roomId]?.members)
  const [userIds, setUserIds] = useState<readonly string[]>([])
  const here = new Set([
    ...(members ?? []).map((member) => member.profile.userId),
    ...room.members.map((member) => member.userId),
  ])
  const people = friends.map((friend) => friend.profile).filter((profile) => !here.has(profile.userId))
  const isDirect = room.kind === 'direct'

  const invite = async () => {
    let invitedTo: string | undefined
    const isDone = await run(async () => {
      invitedTo = (await dispatch(inviteMembers({ roomId: room.roomId, userIds: [...userIds] }))).roomId
    }, t('room.inviteDone'))
    if (isDone && invitedTo !== undefined) onInvited(invitedTo)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('room.inviteTitle')}
      description={t(isDirect ? 'room.inviteDirect' : 'room.inviteGroup')}
      className={styles['dialog'] ?? ''}
      actions={
        <Button
          variant="primary"
          fullWidth
          isBusy={isBusy}
          disabled={userIds.length === 0}
          onClick={() => void invite()}
        >
          {userIds.length === 0
            ? t('room.invite')
            : t(isDirect ? 'room.inviteMake' : 'room.inviteConfirm', { count: userIds.length })}
        </Button>
      }
    >
      <PersonPicker
        people={people}
        pickedIds={userIds}
        onChange={setUserIds}
        emptyText={t('room.inviteNobody')}
      />
    </Dialog>
  )
}
