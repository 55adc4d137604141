import type { CallLine, SentMessage } from '@our-now/contracts/rooms.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { namedCursorLimit } from '../cursors/cursor-move.ts'
import type { MembershipRow } from '../rooms/room-store.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import { sendKey, type Stored } from '../writer/room-changes.ts'

export interface MessageToStore {
  readonly authorId: string
  readonly clientMessageId: string
  readonly payloadHash: string
  readonly text: string
  readonly call?: CallLine
}

/**
 * Puts one message at the end of the room's log, once: a repeat gets the place it already has. Needs the author's
 * membership and earlier sends with the same id to be known to `room`.
 *
 * @throws {AppError} room_not_found when the author is no member; conflict when the id was used for another text.
 */
export function storeMessage(room: LockedRoom, send: MessageToStore): SentMessage {
  const author = room.knownMember(send.authorId)
  if (author === undefined) throw new AppError('room_not_found')
  const earlier = room.stored.get(sendKey(send.authorId, send.clientMessageId))
  if (earlier !== undefined) return repeat(room, send, earlier)

  const reader = room.get().kind === 'direct' ? otherOf(room, author) : undefined
  const isWithheld = reader !== undefined && room.hasBlocked(reader.user_id, author.user_id)
  const { last_ordinal: ordinalBefore, active_at_ms: activeBefore } = room.get()
  const stored = room.appendMessage({ ...send, withheldFrom: isWithheld ? reader.user_id : undefined })
  readOwn(room, author, stored)
  if (reader !== undefined) {
    if (isWithheld) passOver(room, reader, ordinalBefore, activeBefore)
    else show(room, reader)
  }
  return toSent(room, send, stored, false)
}

/** A deleted message has no hash any more: its repeats are all the same to us. */
function repeat(room: LockedRoom, send: MessageToStore, earlier: Stored): SentMessage {
  if (earlier.payloadHash !== null && earlier.payloadHash !== send.payloadHash) throw new AppError('conflict')
  return toSent(room, send, earlier, true)
}

function toSent(room: LockedRoom, send: MessageToStore, stored: Stored, repeated: boolean): SentMessage {
  return {
    roomId: room.roomId,
    clientMessageId: send.clientMessageId,
    seq: stored.seq,
    ordinal: stored.ordinal,
    sentAt: stored.sentAtMs,
    repeated,
  }
}

/**
 * The own message never counts in the own badge. Writing is not reading (a queued message may be stored long after):
 * the cursor goes over it only when nothing unread is skipped, and to the others it stays where it was. But a
 * histogram has no names to leave the author out by, so in big rooms it moves for all to see.
 */
function readOwn(room: LockedRoom, author: MembershipRow, stored: Stored): void {
  const { seq, ordinal } = stored
  if (room.get().member_count > namedCursorLimit) {
    room.moveCursor({ ...author, read_seq: seq, read_ordinal: ordinal, public_read_seq: seq })
    return
  }
  const hasReadAll = author.read_ordinal === ordinal - 1
  room.putMember({
    ...shown(author),
    read_seq: hasReadAll ? seq : author.read_seq,
    read_ordinal: author.read_ordinal + 1,
  })
  if (author.is_listed === 0) room.tell({ userId: author.user_id, event: { kind: 'room-joined' } })
}

/** A message withheld from `reader`: nothing of it shows, neither in the badge nor in the order of the list. */
function passOver(
  room: LockedRoom,
  reader: MembershipRow,
  ordinalBefore: number,
  activeBefore: number,
): void {
  room.moveCursor({
    ...reader,
    read_ordinal: reader.read_ordinal + 1,
    visible_ordinal: reader.visible_ordinal ?? ordinalBefore,
    visible_active_at_ms: reader.visible_active_at_ms ?? activeBefore,
  })
}

/** Brings a 1:1 room (back) into the reader's list; costs nothing when it is there. */
function show(room: LockedRoom, reader: MembershipRow): void {
  if (reader.is_listed === 1 && reader.visible_ordinal === null) return
  room.putMember(shown(reader))
  if (reader.is_listed === 0) room.tell({ userId: reader.user_id, event: { kind: 'room-joined' } })
}

const shown = (member: MembershipRow): MembershipRow => ({
  ...member,
  is_listed: 1,
  visible_ordinal: null,
  visible_active_at_ms: null,
})

const otherOf = (room: LockedRoom, author: MembershipRow): MembershipRow | undefined =>
  room.knownMembers().find((member) => member.user_id !== author.user_id)
