import type { PresenceApi } from '@our-now/contracts/presence.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createDeferred } from '../deferred.ts'
import { createPeriodic } from '../periodic.ts'
import type { Connection } from '../socket/connection.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'

export interface LeaseKeeperDeps {
  readonly presence: Pick<PresenceApi, 'holdLeases' | 'releaseLeases'>
  readonly connections: () => Iterable<Connection>
  readonly intervalMs: number
  readonly ttlMs: number
  readonly log: Logger
}

/** Holds the presence leases of this gateway's connections, many in a call. */
export interface LeaseKeeper {
  start(): void
  /** Says at once that a connection is there, or that it is on screen or not. */
  hold(connection: Connection): void
  /** A connection ended. Without this its lease ends by itself. */
  release(connection: Connection): void
  /** Soon says of all connections that they are there: what is known of them may have been lost. */
  renewSoon(): void
  /** Says what waits to be said. The leases themselves stay: clients connect elsewhere. */
  stop(): Promise<void>
}

const leasesPerCall = 5_000
/** What changes within this time is told in one call, in ms. */
const gatherMs = 20
/** Gateways renew at different moments within this, in ms. */
const renewWithinMs = 2_000

export function createLeaseKeeper({
  presence,
  connections,
  intervalMs,
  ttlMs,
  log,
}: LeaseKeeperDeps): LeaseKeeper {
  const held = new Map<string, Connection>()
  const released = new Map<string, Connection>()

  const tellHeld = async (all: readonly Connection[]): Promise<void> => {
    for (let at = 0; at < all.length; at += leasesPerCall) {
      const leases = all
        .slice(at, at + leasesPerCall)
        .map(({ userId, connectionId, isVisible }) => ({ userId, connectionId, isVisible }))
      await presence.holdLeases({ traceId: createTraceId() }, { ttlMs, leases })
    }
  }
  const tellReleased = async (all: readonly Connection[]): Promise<void> => {
    for (let at = 0; at < all.length; at += leasesPerCall) {
      const leases = all
        .slice(at, at + leasesPerCall)
        .map(({ userId, connectionId }) => ({ userId, connectionId }))
      await presence.releaseLeases({ traceId: createTraceId() }, { leases })
    }
  }
  const tellChanges = async (): Promise<void> => {
    // Taken out at once: the renewal repeats what is not told now, and a lease that is not released ends by itself.
    const [holding, releasing] = [[...held.values()], [...released.values()]]
    held.clear()
    released.clear()
    await tellHeld(holding)
    await tellReleased(releasing)
  }
  const changes = createDeferred('presence changes', tellChanges, { afterMs: gatherMs, log })
  const renew = (): Promise<void> => tellHeld([...connections()])
  const renewal = createPeriodic('presence leases', renew, { intervalMs, jitter: 0.1, log })
  const earlyRenewal = createDeferred('presence leases again', renew, {
    afterMs: Math.random() * renewWithinMs,
    log,
  })

  return {
    start: () => renewal.start(),
    hold: (connection) => {
      held.set(connection.connectionId, connection)
      changes.nudge()
    },
    release: (connection) => {
      held.delete(connection.connectionId)
      released.set(connection.connectionId, connection)
      changes.nudge()
    },
    renewSoon: () => earlyRenewal.nudge(),
    stop: async () => {
      await renewal.stop()
      await earlyRenewal.stop()
      await changes.stop()
      await tellChanges().catch((error: unknown) =>
        log.warn({ err: error }, 'last presence changes were not told'),
      )
    },
  }
}
