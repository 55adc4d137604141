import type { Profile } from '@our-now/contracts/people.ts'
import type { RoomSummary } from '@our-now/contracts/rooms.ts'

export interface RoomWords {
  /** The note-to-self room, such as "나와의 채팅". */
  readonly self: string
  /** A group in which nobody else is left, such as "대화 상대 없음". */
  readonly nobody: string
}

/** The room's members in the summary without me, longest-standing first; in the note-to-self room me. */
export function otherMembers(room: RoomSummary, myUserId: string): readonly Profile[] {
  // A video room has a face before anybody has come.
  if (room.kind === 'self' || (room.kind === 'video' && room.memberCount === 1)) return room.members
  return room.members.filter((member) => member.userId !== myUserId)
}

/**
 * What a room is called: its own name, or else the others' names. Names of members beyond the summary's five are
 * stood for by "…" (their number is shown beside the title anyway).
 */
export function roomTitle(room: RoomSummary, myUserId: string, words: RoomWords): string {
  if (room.kind === 'self') return words.self
  if (room.name !== '') return room.name
  const others = otherMembers(room, myUserId)
  if (others.length === 0) return words.nobody
  const names = others.map((member) => member.displayName).join(', ')
  return room.memberCount - 1 > others.length ? `${names} …` : names
}
