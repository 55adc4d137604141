import type { PresenceApi } from '@our-now/contracts/presence.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { retryDeadlocks } from '@our-now/platform/database/retry-deadlocks.ts'
import type { EventLog, Subscription } from '@our-now/platform/event-log/event-log.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Service } from '@our-now/platform/lifecycle/service.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { PresenceConfig } from './config.ts'
import { createHoldLeases } from './leases/hold-leases.ts'
import { changedMarkMs, presenceKeys } from './leases/presence-keys.ts'
import { createReleaseLeases } from './leases/release-leases.ts'
import { createOnUserEvents } from './people/on-user-events.ts'
import { createListStates } from './states/list-states.ts'
import { createSoleOwner } from './sweeper/sole-owner.ts'
import { createSweepLoop } from './sweeper/sweep-loop.ts'
import { createSweeper } from './sweeper/sweeper.ts'

/** Opened by the caller, who closes them after `stop`. */
export interface PresenceDeps {
  readonly database: Database
  readonly eventLog: EventLog
  readonly leaseStore: LeaseStore
  readonly hub: SocketHub
  readonly clock: Clock
  readonly log: Logger
  readonly config: PresenceConfig
}

export function createPresence(deps: PresenceDeps): Service<PresenceApi> {
  const { eventLog, leaseStore, hub, clock, log, config } = deps
  const database = retryDeadlocks(deps.database)
  const graceMs = config.presenceGraceMs
  const sweepLoop = createSweepLoop({
    sweeper: createSweeper({ leaseStore, database, hub }),
    owner: createSoleOwner(presenceKeys.sweeper, {
      leaseStore,
      clock,
      ttlMs: config.presenceSweeperTtlMs,
    }),
    clock,
    log,
    intervalMs: config.presenceSweepIntervalMs,
    fullIntervalMs: config.presenceFullSweepIntervalMs,
  })
  const onUserEvents = createOnUserEvents({
    database,
    onVisibilityChanged: async (userId) => {
      await leaseStore.hold(presenceKeys.changed, userId, changedMarkMs)
      sweepLoop.nudge()
    },
  })
  let subscription: Subscription | undefined

  return {
    name: 'presence',
    api: {
      holdLeases: createHoldLeases({ leaseStore, clock, graceMs }),
      releaseLeases: createReleaseLeases({ leaseStore, clock, graceMs }),
      listStates: createListStates(leaseStore, database),
    },
    start: async () => {
      subscription = await eventLog.subscribe({
        group: 'presence',
        handlers: { 'chat.user-events.v1': onUserEvents },
        deadEvents: database,
      })
      sweepLoop.start()
    },
    stop: async () => {
      await subscription?.close()
      subscription = undefined
      await sweepLoop.stop()
    },
    unreadyReason: () => database.unreadyReason(),
  }
}
