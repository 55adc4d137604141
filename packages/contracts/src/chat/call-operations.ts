import { Empty, Instant, RoomId, UserId } from '../ids.ts'
import { CallId, CallLine } from '../rooms.ts'
import type { ServiceContract } from '../service-contract.ts'
import { strict } from './shapes.ts'
import { Type } from 'typebox'

/** Between services: what media tells chat of calls. */
export const callOperations = {
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
