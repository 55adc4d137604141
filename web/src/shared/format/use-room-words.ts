import { useTranslation } from 'react-i18next'
import type { RoomWords } from './room-title.ts'

/** Words that stand for a room without a name of its own. */
export function useRoomWords(): RoomWords {
  const { t } = useTranslation()
  return { self: t('rooms.self'), nobody: t('rooms.nobody') }
}
