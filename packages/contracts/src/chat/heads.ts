import { Count, RoomId, Seq, UserId } from '../ids.ts'
import { RoomEvent } from '../rooms.ts'
import { strict } from './shapes.ts'
import { Type, type Static } from 'typebox'

/** Where a client or gateway stands in one log. */
export const RoomHave = Type.Object({ roomId: RoomId, have: Seq }, strict)
export const RoomHead = Type.Object(
  {
    roomId: RoomId,
    head: Seq,
    /** Counts joins and leaves: on a change the gateway re-reads who of its sockets may stay. */
    membershipRev: Count,
    /** Counts read cursor moves: on a mismatch clients fetch the cursors anew. */
    cursorRev: Count,
  },
  strict,
)
export type RoomHead = Static<typeof RoomHead>
export const UserHead = Type.Object({ userId: UserId, head: Seq }, strict)
export type UserHead = Static<typeof UserHead>

/** The answer for one room: events (have, head] in order, at most 200. */
export const RoomSync = Type.Object(
  {
    roomId: RoomId,
    head: Seq,
    cursorRev: Count,
    events: Type.Array(RoomEvent, { maxItems: 200 }),
    /** More events follow: ask again from the last one. */
    more: Type.Boolean(),
    /** The gap is over 2,000 or `have` is beyond head: drop the copy, load the last page. */
    reset: Type.Boolean(),
  },
  strict,
)
export type RoomSync = Static<typeof RoomSync>
