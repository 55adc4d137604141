import { countUnread, listMessagePlaces, type MessagePlace } from '../messages/message-store.ts'
import type { MembershipRow } from '../rooms/room-store.ts'
import type { LockedRoom } from '../writer/locked-room.ts'

/** Beyond this many messages the badge is counted in the database, not here. */
const maxPlaces = 500

/**
 * Moves read cursors up to the wanted places, never down, never beyond the log's end.
 *
 * @param wanted  Seq by user.
 * @returns where each member's own cursor stands now; users who are no members are left out.
 */
export async function moveCursors(
  room: LockedRoom,
  wanted: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const head = room.get().last_seq
  const moving: { member: MembershipRow; seq: number }[] = []
  const reached = new Map<string, number>()
  for (const [userId, seq] of wanted) {
    const member = room.knownMember(userId)
    if (member === undefined) continue
    reached.set(userId, Math.max(member.read_seq, Math.min(seq, head)))
    if (Math.min(seq, head) > member.read_seq) moving.push({ member, seq: Math.min(seq, head) })
  }
  const countAfter = await unreadCounter(room, moving)
  for (const { member, seq } of moving) {
    const unread = await countAfter(member.user_id, seq)
    room.moveCursor({
      ...member,
      read_seq: seq,
      read_ordinal: Math.max(member.read_ordinal, room.get().last_ordinal - unread),
      public_read_seq: isBlockingOther(room, member) ? member.public_read_seq : seq,
    })
  }
  return reached
}

/** While I block the other of a 1:1 room, my cursor stands still to them: their "1" just stays. */
function isBlockingOther(room: LockedRoom, member: MembershipRow): boolean {
  if (room.get().kind !== 'direct') return false
  return room.knownMembers().some((other) => room.hasBlocked(member.user_id, other.user_id))
}

/** Readers are nearly always close to the end: one short query serves all of them. */
async function unreadCounter(
  room: LockedRoom,
  moving: readonly { seq: number }[],
): Promise<(readerId: string, afterSeq: number) => Promise<number>> {
  if (moving.length === 0) return async () => 0
  const lowest = Math.min(...moving.map(({ seq }) => seq))
  const places =
    lowest === room.get().last_seq ? [] : await listMessagePlaces(room.trx, room.roomId, lowest, maxPlaces + 1)
  if (places.length > maxPlaces) {
    return (readerId, afterSeq) => countUnread(room.trx, { roomId: room.roomId, readerId, afterSeq })
  }
  return async (readerId, afterSeq) => places.filter((place) => isUnread(place, readerId, afterSeq)).length
}

const isUnread = (place: MessagePlace, readerId: string, afterSeq: number): boolean =>
  place.seq > afterSeq && place.author_id !== readerId && place.withheld_from !== readerId
