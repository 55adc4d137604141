import { useTranslation } from 'react-i18next'
import { roomTitle } from '../../shared/format/room-title.ts'
import { useAppSelector } from '../../state/hooks.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'
import { selectRoom } from '../../state/room-selectors.ts'

/** What the room of a call is called; empty while it is not known. */
export function useRoomTitle(roomId: string): string {
  const { t } = useTranslation()
  const room = useAppSelector((state) => selectRoom(state, roomId))
  const myUserId = useAppSelector(selectMyUserId)
  if (room === undefined || myUserId === undefined) return ''
  return roomTitle(room, myUserId, { self: t('rooms.self'), nobody: t('rooms.nobody') })
}
