import { useCallback } from 'react'
import { useAppSelector } from '../../state/hooks.ts'
import { selectRoom } from '../../state/room-selectors.ts'
import { nameIn } from './name-in.ts'

/** What people of a room are called: by its summary, or by the profiles that came with its members. */
export function useNameIn(roomId: string): (userId: string) => string {
  const room = useAppSelector((state) => selectRoom(state, roomId))
  const profiles = useAppSelector((state) => state.people.profiles)
  return useCallback(
    (userId) => {
      const known = nameIn(room, userId)
      return known === '' ? (profiles[userId]?.displayName ?? '') : known
    },
    [room, profiles],
  )
}
