import type { RoomSummary } from '@our-now/contracts/rooms.ts'

/** What somebody is called in a room, as far as its summary knows. */
export function nameIn(room: RoomSummary | undefined, userId: string): string {
  return room?.members.find((member) => member.userId === userId)?.displayName ?? ''
}
