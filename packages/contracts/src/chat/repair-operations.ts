import { Count, PageCursor, RoomId, Seq, UserId } from '../ids.ts'
import { RoomEvent } from '../rooms.ts'
import type { ServiceContract } from '../service-contract.ts'
import { UserEvent } from '../user-events.ts'
import { RoomHead, UserHead } from './heads.ts'
import { nextCursor, strict } from './shapes.ts'
import { Type } from 'typebox'

/** Between services: what gateways subscribe by and repair from. */
export const repairOperations = {
  listSubscriptions: {
    isRepeatable: true,
    summary: 'Between services: all rooms of the caller with their heads, 1,000 a page, and the user head.',
    request: Type.Object({ cursor: Type.Optional(PageCursor) }, strict),
    reply: Type.Object(
      { rooms: Type.Array(RoomHead, { maxItems: 1000 }), nextCursor, userHead: Seq },
      strict,
    ),
  },
  recentHeads: {
    isRepeatable: true,
    summary: 'Between services: rooms and users that this replica committed for in the last 30 s.',
    request: Type.Object(
      { epoch: Type.Optional(Type.String({ maxLength: 64 })), since: Type.Optional(Count) },
      strict,
    ),
    reply: Type.Object(
      {
        /** Changes with each start of the replica: a new one means "check your rooms against the database". */
        epoch: Type.String({ maxLength: 64 }),
        /** Hand back as `since` to hear only what changed after. */
        position: Count,
        rooms: Type.Array(RoomHead),
        users: Type.Array(UserHead),
      },
      strict,
    ),
  },
  listHeads: {
    isRepeatable: true,
    summary: 'Between services: the heads of these rooms and users from the database.',
    request: Type.Object(
      { roomIds: Type.Array(RoomId, { maxItems: 500 }), userIds: Type.Array(UserId, { maxItems: 500 }) },
      strict,
    ),
    reply: Type.Object(
      { rooms: Type.Array(RoomHead, { maxItems: 500 }), users: Type.Array(UserHead, { maxItems: 500 }) },
      strict,
    ),
  },
  readRoomEvents: {
    isRepeatable: true,
    summary:
      'Between services: raw events (afterSeq, afterSeq+limit] of a room, with who each is withheld from.',
    request: Type.Object(
      { roomId: RoomId, afterSeq: Seq, limit: Type.Integer({ minimum: 1, maximum: 500 }) },
      strict,
    ),
    reply: Type.Object(
      {
        head: Seq,
        events: Type.Array(Type.Object({ event: RoomEvent, withheldFrom: Type.Optional(UserId) }, strict), {
          maxItems: 500,
        }),
      },
      strict,
    ),
    key: 'roomId',
  },
  readUserEvents: {
    isRepeatable: true,
    summary: 'Between services: events (afterSeq, afterSeq+limit] of a user log.',
    request: Type.Object(
      { userId: UserId, afterSeq: Seq, limit: Type.Integer({ minimum: 1, maximum: 500 }) },
      strict,
    ),
    reply: Type.Object({ head: Seq, events: Type.Array(UserEvent, { maxItems: 500 }) }, strict),
  },
  filterMembers: {
    isRepeatable: true,
    summary: 'Between services: which of these users are members of the room now.',
    request: Type.Object({ roomId: RoomId, userIds: Type.Array(UserId, { maxItems: 500 }) }, strict),
    reply: Type.Object(
      { membershipRev: Count, userIds: Type.Array(UserId, { maxItems: 500 }), memberCount: Count },
      strict,
    ),
    key: 'roomId',
  },
} as const satisfies ServiceContract
