import { Video } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { randomUuid } from '../../shared/random-uuid.ts'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { PersonPicker } from '../../shared/ui/person-picker.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { selectAllFriends } from '../../state/people-selectors.ts'
import { createGroup, openDirectRoom } from '../../state/room-thunks.ts'
import styles from './new-chat-dialog.module.css'

export interface NewChatDialogProps {
  readonly onClose: () => void
  readonly onOpenRoom: (roomId: string) => void
  readonly onAddFriend: () => void
  readonly onNewVideoRoom: () => void
}

/** Pick one friend for a 1:1 room, more for a group. */
export function NewChatDialog({ onClose, onOpenRoom, onAddFriend, onNewVideoRoom }: NewChatDialogProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const friends = useAppSelector(selectAllFriends)
  const [userIds, setUserIds] = useState<readonly string[]>([])
  const [name, setName] = useState('')
  // Kept for every try: a repeated "start" after a lost answer must not make a second group.
  const [clientRoomId] = useState(() => randomUuid())
  const [first] = userIds
  const isGroup = userIds.length > 1

  const start = async () => {
    if (first === undefined) return
    let roomId: string | undefined
    const isDone = await run(async () => {
      const room = isGroup
        ? await dispatch(createGroup({ clientRoomId, userIds: [...userIds], name: name.trim() }))
        : await dispatch(openDirectRoom(first))
      roomId = room.roomId
    })
    if (isDone && roomId !== undefined) onOpenRoom(roomId)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('rooms.newChat')}
      className={friends.length === 0 ? '' : (styles['dialog'] ?? '')}
      actions={
        friends.length === 0 ? undefined : (
          <Button
            variant="primary"
            fullWidth
            isBusy={isBusy}
            disabled={userIds.length === 0}
            onClick={() => void start()}
          >
            {userIds.length === 0
              ? t('rooms.start')
              : isGroup
                ? t('rooms.startGroup', { count: userIds.length })
                : t('rooms.startDirect')}
          </Button>
        )
      }
    >
      <div className={styles['body']}>
        <Button fullWidth onClick={onNewVideoRoom}>
          <Video size={18} aria-hidden="true" />
          {t('video.make')}
        </Button>
        <PersonPicker
          people={friends.map((friend) => friend.profile)}
          pickedIds={userIds}
          onChange={setUserIds}
          hint={t('rooms.newChatText')}
          emptyText={t('rooms.noFriends')}
          emptyAction={
            <Button variant="primary" onClick={onAddFriend}>
              {t('people.addFriend')}
            </Button>
          }
        />
        {isGroup && (
          <TextField
            label={t('rooms.groupName')}
            hideLabel
            placeholder={t('rooms.groupName')}
            hint={t('rooms.groupNameHint')}
            value={name}
            maxLength={400}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </div>
    </Dialog>
  )
}
