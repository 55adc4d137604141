import { Type, type Static } from 'typebox'
import { ConnectionId, Empty, Instant, UserId } from './ids.ts'
import type { ServiceApi, ServiceContract } from './service-contract.ts'

const strict = { additionalProperties: false } as const

export const PresenceStatus = Type.Union([
  Type.Literal('online'),
  Type.Literal('away'),
  Type.Literal('offline'),
])

/** Computed from leases. `lastSeenAt` is only there when offline and known. */
export const PresenceState = Type.Object(
  { userId: UserId, status: PresenceStatus, lastSeenAt: Type.Optional(Instant) },
  strict,
)
export type PresenceState = Static<typeof PresenceState>

export const presenceContract = {
  holdLeases: {
    isRepeatable: true,
    summary: 'Between services: a gateway holds or extends the leases of its connections, in bulk.',
    request: Type.Object(
      {
        ttlMs: Type.Integer({ minimum: 1_000, maximum: 120_000 }),
        leases: Type.Array(
          Type.Object({ userId: UserId, connectionId: ConnectionId, isVisible: Type.Boolean() }, strict),
          { maxItems: 5_000 },
        ),
      },
      strict,
    ),
    reply: Empty,
  },
  releaseLeases: {
    isRepeatable: true,
    summary: 'Between services: connections that ended. The person goes offline after the grace of 30 s.',
    request: Type.Object(
      {
        leases: Type.Array(Type.Object({ userId: UserId, connectionId: ConnectionId }, strict), {
          maxItems: 5_000,
        }),
      },
      strict,
    ),
    reply: Empty,
  },
  listStates: {
    isRepeatable: true,
    summary: 'Between services: the states of these people (who may ask is decided by chat’s listWatchable).',
    request: Type.Object({ userIds: Type.Array(UserId, { maxItems: 200, uniqueItems: true }) }, strict),
    reply: Type.Object({ states: Type.Array(PresenceState, { maxItems: 200 }) }, strict),
  },
} as const satisfies ServiceContract

export type PresenceApi = ServiceApi<typeof presenceContract>
