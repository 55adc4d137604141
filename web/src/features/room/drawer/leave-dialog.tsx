import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../../shared/ui/confirm-dialog.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../../state/hooks.ts'
import { leaveRoom } from '../../../state/room-thunks.ts'

export interface LeaveDialogProps {
  readonly room: RoomSummary
  readonly isQuiet: boolean
  readonly onClose: () => void
  readonly onLeft: () => void
}

/** Asks once, and says what the others will see. */
export function LeaveDialog({ room, isQuiet, onClose, onLeft }: LeaveDialogProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { run } = useRun()
  const text =
    room.kind === 'direct' ? 'room.leaveDirectText' : isQuiet ? 'room.leaveQuietText' : 'room.leaveText'
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('room.leaveTitle')}
      description={t(text)}
      confirmLabel={t(isQuiet ? 'room.leaveQuietly' : 'room.leave')}
      isDangerous
      onConfirm={async () => {
        if (await run(() => dispatch(leaveRoom(room.roomId, isQuiet)), t('room.leaveDone'))) onLeft()
      }}
    />
  )
}
