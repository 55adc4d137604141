import { presenceContract, type PresenceApi, type PresenceState } from '@our-now/contracts/presence.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { systemClock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { createFakeClock, type FakeClock } from '@our-now/testkit/fake-clock.ts'
import { createListeningHub } from '@our-now/testkit/listening-hub.ts'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPresence, presenceMigrations, PresenceSettings } from '../../src/index.ts'

interface Replica {
  readonly presence: PresenceApi
  stop(): Promise<void>
}

export interface PresenceStack extends Replica {
  readonly clock: FakeClock
  readonly database: Database
  /** What watchers were told so far, in order. */
  told(): readonly PresenceState[]
  /** Puts events of a person's log on the event log, as chat does. */
  appendUserEvents(userId: string, events: readonly UserEvent[]): Promise<void>
  startAnother(): Promise<Replica>
  close(): Promise<void>
}

/** The presence service on a real database, log and lease store of its own; it sweeps every few ms of real time. */
export async function startPresenceStack(): Promise<PresenceStack> {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-presence-'))
  const clock = createFakeClock()
  const log = createTestLog()
  const { database, close: closeDatabase } = await openTestDatabase(presenceMigrations)
  const openLog = () => openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log })
  const eventLog = await openLog()
  const leaseStore = await openLeaseStore('memory:', { clock, log })
  const { hub, pushes } = createListeningHub()
  const config = loadConfig(PresenceSettings, {
    PRESENCE_SWEEP_INTERVAL_MS: '5',
    PRESENCE_FULL_SWEEP_INTERVAL_MS: '5',
    // The tests' clock leaps; a sweeper that leaps along keeps its place.
    PRESENCE_SWEEPER_TTL_MS: '600000',
  })
  const replicas: Replica[] = []

  const startReplica = async (): Promise<Replica> => {
    const ownLog = await openLog()
    const service = createPresence({ database, eventLog: ownLog, leaseStore, hub, clock, log, config })
    await service.start()
    const presence = callDirectly(presenceContract, service.api, { log, clock: systemClock })
    let isStopped = false
    const stop = async () => {
      await service.stop()
      if (!isStopped) await ownLog.close()
      isStopped = true
    }
    const replica = { presence, stop }
    replicas.push(replica)
    return replica
  }
  return {
    ...(await startReplica()),
    clock,
    database,
    told: () => pushes.flatMap((push) => (push.name === 'presence:changed' ? [push.payload] : [])),
    appendUserEvents: (userId, events) =>
      eventLog.append([{ type: 'chat.user-events.v1', key: userId, data: { userId, events: [...events] } }]),
    startAnother: startReplica,
    close: async () => {
      for (const replica of replicas.toReversed()) await replica.stop()
      await leaseStore.close()
      await eventLog.close()
      await closeDatabase()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** A user id that is easy to tell. */
export const aUserId = (number: number) => `01981f2e-7c6b-7abc-8def-${String(number).padStart(12, '0')}`
/** A connection id that is easy to tell. */
export const aConnectionId = (number: number) => `02981f2e-7c6b-7abc-8def-${String(number).padStart(12, '0')}`
