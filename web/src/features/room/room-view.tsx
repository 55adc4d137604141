import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { roomTitle } from '../../shared/format/room-title.ts'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import { useAppSelector } from '../../state/hooks.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'
import { selectRoom } from '../../state/room-selectors.ts'

export interface RoomViewProps {
  readonly roomId: string
  readonly onBack: () => void
  readonly onOpenProfile: (userId: string) => void
  readonly onOpenRoom: (roomId: string) => void
}

/** The open room. */
export function RoomView({ roomId, onBack }: RoomViewProps) {
  const { t } = useTranslation()
  const room = useAppSelector((state) => selectRoom(state, roomId))
  const myUserId = useAppSelector(selectMyUserId) ?? ''
  if (!room) return null
  return (
    <header>
      <IconButton icon={ChevronLeft} label={t('common.back')} onClick={onBack} />
      <h1>{roomTitle(room, myUserId, { self: t('rooms.self'), nobody: t('rooms.nobody') })}</h1>
    </header>
  )
}
