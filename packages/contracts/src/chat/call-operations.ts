import { Empty, Instant, RoomId, UserId } from '../ids.ts'
import { CallId, CallLine, MemberRole, RoomKind } from '../rooms.ts'
import type { ServiceContract } from '../service-contract.ts'
import { AboutRoom, strict } from './shapes.ts'
import { Type, type Static } from 'typebox'

/** A call whose end is not written yet, as chat remembers it. */
export const RunningCall = Type.Object(
  {
    callId: CallId,
    roomId: RoomId,
    startedBy: UserId,
    startedAt: Instant,
    isVideo: Type.Boolean(),
    /** In a 1:1 room. */
    isDirect: Type.Boolean(),
    /** When a second person came into a 1:1 call. */
    answeredAt: Type.Optional(Instant),
    /** When media last said that it goes on. */
    seenAt: Instant,
  },
  strict,
)
export type RunningCall = Static<typeof RunningCall>

export const mostLostCalls = 200

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
        /** Began here and has not ended, as far as chat knows. */
        running: Type.Optional(RunningCall),
      },
      strict,
    ),
    errors: ['room_not_found'],
    key: 'roomId',
  },
  recordCall: {
    isRepeatable: true,
    summary:
      'Between services: notes a call that began (groups get a line) or, with `end`, writes that it is over. Repeating it is harmless.',
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
  keepCalls: {
    isRepeatable: true,
    summary: 'Between services: these calls go on. Those that have ended are passed over.',
    request: Type.Object(
      {
        calls: Type.Array(
          Type.Object({ callId: CallId, answeredAt: RunningCall.properties.answeredAt }, strict),
          { maxItems: 500 },
        ),
        seenAt: Instant,
      },
      strict,
    ),
    reply: Empty,
  },
  listLostCalls: {
    isRepeatable: true,
    summary: 'Between services: calls without an end of which nobody has said since that they go on.',
    request: Type.Object({ seenBefore: Instant }, strict),
    reply: Type.Object(
      {
        calls: Type.Array(
          Type.Object(
            {
              ...RunningCall.properties,
              /** Of a 1:1 call: who is called. */
              otherId: Type.Optional(UserId),
            },
            strict,
          ),
          { maxItems: mostLostCalls },
        ),
      },
      strict,
    ),
  },
} as const satisfies ServiceContract
