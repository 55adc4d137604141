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
  const reached = new Map<string, number>()
  const moving: { before: MembershipRow; after: MembershipRow }[] = []
  for (const [userId, seq] of wanted) {
    const before = room.knownMember(userId)
    if (before === undefined) continue
    const after = moveUp(room, before, seq)
    reached.set(userId, after.read_seq)
    if (after.read_seq > before.read_seq || after.public_read_seq > before.public_read_seq) {
      moving.push({ before, after })
    }
  }
  const countUnreadOf = await unreadCounter(
    room,
    moving.map(({ after }) => after),
  )
  for (const { after } of moving) {
    const readOrdinal = room.get().last_ordinal - (await countUnreadOf(after))
    room.moveCursor({ ...after, read_ordinal: Math.max(after.read_ordinal, readOrdinal) })
  }
  return reached
}

function moveUp(room: LockedRoom, member: MembershipRow, seq: number): MembershipRow {
  const wanted = Math.min(seq, room.get().last_seq)
  return {
    ...member,
    read_seq: Math.max(member.read_seq, wanted),
    public_read_seq: isBlockingOther(room, member)
      ? member.public_read_seq
      : Math.max(member.public_read_seq, wanted),
  }
}

/** While I block the other of a 1:1 room, my cursor stands still to them: their "1" just stays. */
function isBlockingOther(room: LockedRoom, member: MembershipRow): boolean {
  if (room.get().kind !== 'direct') return false
  return room.knownMembers().some((other) => room.hasBlocked(member.user_id, other.user_id))
}

/** Readers are nearly always close to the end: one short query serves all of them. */
async function unreadCounter(
  room: LockedRoom,
  moved: readonly MembershipRow[],
): Promise<(member: MembershipRow) => Promise<number>> {
  const lowest = moved.reduce((least, { read_seq: readSeq }) => Math.min(least, readSeq), room.get().last_seq)
  const places =
    lowest === room.get().last_seq
      ? []
      : await listMessagePlaces(room.trx, room.roomId, lowest, maxPlaces + 1)
  if (places.length > maxPlaces) {
    return ({ user_id: readerId, read_seq: afterSeq }) =>
      countUnread(room.trx, { roomId: room.roomId, readerId, afterSeq })
  }
  return async (member) => places.filter((place) => isUnread(place, member)).length
}

const isUnread = (place: MessagePlace, { user_id: readerId, read_seq: readSeq }: MembershipRow): boolean =>
  place.seq > readSeq &&
  place.is_counted === 1 &&
  place.author_id !== readerId &&
  place.withheld_from !== readerId
