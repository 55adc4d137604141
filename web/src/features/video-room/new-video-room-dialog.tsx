import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { randomUuid } from '../../shared/random-uuid.ts'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../state/hooks.ts'
import { createVideoRoom } from '../../state/video-room-thunks.ts'

export interface NewVideoRoomDialogProps {
  readonly onClose: () => void
  readonly onOpenRoom: (roomId: string) => void
}

/** A name, and there is a room with a link. */
export function NewVideoRoomDialog({ onClose, onOpenRoom }: NewVideoRoomDialogProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const [name, setName] = useState('')
  // Kept for every try: a repeated "create" after a lost answer must not make a second room.
  const [clientRoomId] = useState(() => randomUuid())
  const create = async (event: FormEvent) => {
    event.preventDefault()
    let roomId: string | undefined
    await run(async () => {
      roomId = (await dispatch(createVideoRoom({ clientRoomId, name: name.trim() }))).roomId
    })
    if (roomId !== undefined) onOpenRoom(roomId)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('video.make')}
      actions={
        <Button
          type="submit"
          form="new-video-room"
          variant="primary"
          fullWidth
          isBusy={isBusy}
          disabled={name.trim() === ''}
        >
          {t('video.create')}
        </Button>
      }
    >
      <form id="new-video-room" onSubmit={(event) => void create(event)}>
        <TextField
          label={t('video.name')}
          placeholder={t('video.nameHint')}
          hint={t('video.makeText')}
          value={name}
          maxLength={400}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
