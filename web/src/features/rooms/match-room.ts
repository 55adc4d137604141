import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { matchesText } from '../../shared/format/match-text.ts'
import { otherMembers, roomTitle, type RoomWords } from '../../shared/format/room-title.ts'

/** Is this the room that is searched for? By its title or by the name of somebody in it. */
export function matchesRoom(room: RoomSummary, myUserId: string, words: RoomWords, query: string): boolean {
  return (
    matchesText(roomTitle(room, myUserId, words), query) ||
    otherMembers(room, myUserId).some((member) => matchesText(member.displayName, query))
  )
}
