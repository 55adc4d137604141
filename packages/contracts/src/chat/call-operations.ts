import { Empty, Instant, RoomId, UserId } from '../ids.ts'
import { CallId, CallLine, MemberRole, RoomKind } from '../rooms.ts'
import type { ServiceContract } from '../service-contract.ts'
import { AboutRoom, strict } from './shapes.ts'
import { Type } from 'typebox'

/** Between services: what media asks and tells chat about calls. */
export const callOperations = {
  getCallRoom: {
    isRepeatable: true,
    summary: 'Between services: what the caller is in a room, and whom a call there rings.',
    request: AboutRoom,
    reply: Type.Object(
      {
        kind: RoomKind,
        role: MemberRole,
        /** The other of a 1:1 room. */
        other: Type.Optional(
          Type.Object(
            {
              userId: UserId,
              /** The caller blocks them. */
              isBlocked: Type.Boolean(),
              /** They block the caller, who must not find out. */
              isBlocking: Type.Boolean(),
            },
            strict,
          ),
        ),
      },
      strict,
    ),
    errors: ['room_not_found'],
    key: 'roomId',
  },
  recordCall: {
    isRepeatable: true,
    summary:
      'Between services: writes the line of a call that began (groups) or, with `end`, has ended. Repeating it is harmless.',
    request: Type.Object(
      {
        roomId: RoomId,
        callId: CallId,
        startedBy: UserId,
        startedAt: Instant,
        isVideo: Type.Boolean(),
        end: Type.Optional(
          Type.Object(
            { outcome: CallLine.properties.outcome, durationMs: CallLine.properties.durationMs },
            strict,
          ),
        ),
      },
      strict,
    ),
    reply: Empty,
    errors: ['room_not_found'],
    key: 'roomId',
  },
} as const satisfies ServiceContract
