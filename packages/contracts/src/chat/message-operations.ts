import { Empty, RoomId, Seq } from '../ids.ts'
import { Message, RoomCursors, RoomEvent, SendMessage, SentMessage } from '../rooms.ts'
import type { ServiceContract } from '../service-contract.ts'
import { UserEvent } from '../user-events.ts'
import { RoomHave, RoomSync } from './heads.ts'
import { AboutRoom, strict } from './shapes.ts'
import { Type } from 'typebox'

/** Writing, reading, catching up. */
export const messageOperations = {
  sendMessage: {
    isRepeatable: true,
    isBatched: true,
    summary: 'Writes a message. Answered when it is on disk; a repeat with the same id answers the same.',
    request: SendMessage,
    reply: SentMessage,
    errors: [
      'room_not_found',
      'message_empty',
      'message_too_long',
      'conflict',
      'overloaded',
      'storage_full',
      'rate_limited',
    ],
    key: 'roomId',
  },
  deleteMessage: {
    isRepeatable: true,
    summary: 'Deletes my message for everyone within 24 hours. Repeating it is harmless.',
    request: Type.Object({ roomId: RoomId, seq: Seq }, strict),
    reply: Empty,
    errors: ['room_not_found', 'message_not_found', 'forbidden', 'delete_too_late'],
    key: 'roomId',
  },
  listMessages: {
    isRepeatable: true,
    summary:
      'A page of history, ascending by seq. At most one of before, after, around; none: the newest page.',
    request: Type.Object(
      {
        roomId: RoomId,
        before: Type.Optional(Seq),
        after: Type.Optional(Seq),
        around: Type.Optional(Seq),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      },
      strict,
    ),
    reply: Type.Object(
      {
        messages: Type.Array(Message, { maxItems: 200 }),
        /** The page's other lines: joins, leaves, renames between its first and last position. */
        notices: Type.Array(RoomEvent, { maxItems: 400 }),
        /** The state of the log that the page shows. */
        asOfSeq: Seq,
        hasBefore: Type.Boolean(),
        hasAfter: Type.Boolean(),
      },
      strict,
    ),
    errors: ['room_not_found'],
    key: 'roomId',
  },
  syncRooms: {
    isRepeatable: true,
    summary:
      'What the caller missed in these rooms. Rooms that are not (any more) the caller’s are in `gone`.',
    request: Type.Object({ rooms: Type.Array(RoomHave, { minItems: 1, maxItems: 200 }) }, strict),
    reply: Type.Object(
      {
        rooms: Type.Array(RoomSync, { maxItems: 200 }),
        gone: Type.Array(RoomId, { maxItems: 200 }),
        /** Rooms not answered because the reply was full (2,000 events): ask again. */
        rest: Type.Array(RoomId, { maxItems: 200 }),
      },
      strict,
    ),
  },
  syncUser: {
    isRepeatable: true,
    summary: 'What the caller missed in the own user log: events (have, head], at most 200.',
    request: Type.Object({ have: Seq }, strict),
    reply: Type.Object(
      {
        head: Seq,
        events: Type.Array(UserEvent, { maxItems: 200 }),
        more: Type.Boolean(),
        reset: Type.Boolean(),
      },
      strict,
    ),
  },
  listCursors: {
    isRepeatable: true,
    summary: "A room's read cursors, for the unread numbers.",
    request: AboutRoom,
    reply: RoomCursors,
    errors: ['room_not_found'],
    key: 'roomId',
  },
  moveReadCursor: {
    isRepeatable: true,
    isBatched: true,
    summary: 'Says that the caller has read up to here. Only moves up; repeating it is harmless.',
    request: Type.Object({ roomId: RoomId, seq: Seq }, strict),
    reply: Type.Object({ readSeq: Seq }, strict),
    errors: ['room_not_found'],
    key: 'roomId',
  },
} as const satisfies ServiceContract
