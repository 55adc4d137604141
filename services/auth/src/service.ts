import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { retryDeadlocks } from '@our-now/platform/database/retry-deadlocks.ts'
import type { EventLog } from '@our-now/platform/event-log/event-log.ts'
import { createOutboxRelay } from '@our-now/platform/event-log/outbox-relay.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { createMemoryLeaseStore } from '@our-now/platform/lease-store/memory-lease-store.ts'
import { withLocalLeases } from '@our-now/platform/lease-store/with-local-leases.ts'
import type { Service } from '@our-now/platform/lifecycle/service.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { Metrics } from '@our-now/platform/telemetry/create-metrics.ts'
import { createAuthApi } from './auth-api.ts'
import type { AuthConfig } from './config.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createAnnounceEnded } from './sessions/end-sessions.ts'
import type { Faces } from './second-factor/face-way.ts'
import { createKeyRing } from './tokens/key-ring.ts'

/** Opened by the caller, who closes them after `stop`. */
export interface AuthDeps {
  readonly database: Database
  readonly eventLog: EventLog
  readonly leaseStore: LeaseStore
  readonly hub: SocketHub
  readonly clock: Clock
  readonly log: Logger
  readonly config: AuthConfig
  /** Undefined: no vision service, so no second step by the camera. */
  readonly faces?: Faces
  /** Undefined: nobody asks for numbers. */
  readonly metrics?: Metrics
}

export function createAuth(deps: AuthDeps): Service<AuthApi> {
  const { hub, clock, log, config } = deps
  // People sign in without Redis too: guesses are then counted by each replica alone.
  const leaseStore = withLocalLeases(deps.leaseStore, createMemoryLeaseStore({ clock }))
  const database = retryDeadlocks(deps.database)
  // A database in a file belongs to one machine, and so may the keys; replicas have to be given the same ones.
  const keys = createKeyRing({ ...config, mayCreate: database.dialect === 'sqlite', log })
  const relay = createOutboxRelay(deps)
  const announceEnded = createAnnounceEnded(hub, () => relay.nudge())
  const housekeeping = createHousekeeping({ database, clock, log, accessMs: config.authAccessTokenTtlMs })
  const { faces } = deps
  const api = createAuthApi({ database, leaseStore, clock, log, config, keys, announceEnded, faces })

  return {
    name: 'auth',
    api,
    start: async () => {
      await keys.load()
      relay.start()
      housekeeping.start()
    },
    stop: async () => {
      await housekeeping.stop()
      await relay.stop()
    },
    unreadyReason: () => (keys.isLoaded() ? database.unreadyReason() : 'the keys are not loaded yet'),
  }
}
