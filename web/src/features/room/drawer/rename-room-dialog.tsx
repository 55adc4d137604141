import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../shared/ui/button.tsx'
import { Dialog } from '../../../shared/ui/dialog.tsx'
import { TextField } from '../../../shared/ui/text-field.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../../state/hooks.ts'
import { renameRoom } from '../../../state/room-thunks.ts'

const formId = 'rename-open-room'

export interface RenameRoomDialogProps {
  readonly room: RoomSummary
  readonly onClose: () => void
}

/** Names the group for everyone; emptied, it is called by its members again. */
export function RenameRoomDialog({ room, onClose }: RenameRoomDialogProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const inputRef = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(room.name)
  const rename = async (event: FormEvent) => {
    event.preventDefault()
    if (await run(() => dispatch(renameRoom(room.roomId, name.trim())))) onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      shape="alert"
      title={t('room.rename')}
      description={t('room.renameText')}
      initialFocus={inputRef}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void rename(event)}>
        <TextField
          ref={inputRef}
          label={t('room.name')}
          hideLabel
          value={name}
          maxLength={400}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
