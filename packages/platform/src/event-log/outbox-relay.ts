import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock/clock.ts'
import type { Database } from '../database/database.ts'
import { createLoop } from '../lifecycle/create-loop.ts'
import type { Logger } from '../logging/logger.ts'
import type { Metrics } from '../telemetry/create-metrics.ts'
import type { EventLog } from './event-log.ts'
import { isWorthTelling } from './is-worth-telling.ts'
import { createOutboxWatch } from './outbox-watch.ts'
import { deleteSent, listUnsent, listWaitingShards, type OutboxEvent } from './outbox.ts'
import { createRelayLeases } from './relay-leases.ts'

export interface OutboxRelayDeps {
  readonly database: Database
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly log: Logger
  readonly metrics?: Metrics
}

export interface OutboxRelay {
  start(): void
  /** Rows were committed: send them now instead of within 200 ms. */
  nudge(): void
  /** Sends what it has begun with, gives its shards back. The rest waits for the next start. */
  stop(): Promise<void>
  /** How long the oldest unsent event waited when last looked at, in ms; 0: none. */
  lagMs(): number
}

/** The net under the nudges, in ms: rows of a crashed process and of other replicas. */
const pollMs = 200
/** Rows of one round: as many as fit into the bytes, going by the last round, so that a long queue of large ones fits in memory. */
const maxEventsPerBatch = 1_000
const minEventsPerBatch = 20
const bytesPerBatch = 4 * 1024 * 1024
/**
 * Each round costs two transactions, one at either end: under a stream of messages it is shared by all of this time,
 * in ms. Nobody waits for it: acknowledgements and pushes are out before.
 */
const gapMs = 50

/**
 * Takes events from a service's outbox to the event log: at least once, in order per key. Rows go away only after the
 * log has them, and only by the owner of their shard: two owners for a moment make repeats, never losses.
 */
export function createOutboxRelay(deps: OutboxRelayDeps): OutboxRelay {
  const { database, eventLog, clock, log } = deps
  const leases = createRelayLeases(database, clock, randomUUID())
  const watch = createOutboxWatch(deps)
  let lagMs = 0
  let eventsPerBatch = minEventsPerBatch

  const relayBatch = async (): Promise<boolean> => {
    const waiting = await listWaitingShards(database.reader)
    const shards = waiting.length === 0 ? [] : await leases.hold(waiting)
    const limitPerShard = Math.ceil(eventsPerBatch / Math.max(1, shards.length))
    const batch = await listUnsent(database.reader, shards, limitPerShard)
    const oldestAtMs = Math.min(...batch.map(({ createdAtMs }) => createdAtMs))
    lagMs = batch.length === 0 ? 0 : Math.max(0, clock.now() - oldestAtMs)
    if (batch.length === 0) return false
    eventsPerBatch = nextLimit(batch)
    await eventLog.append(batch.map(({ event }) => event))
    await database.transaction(async (trx) => {
      const stillMine = await leases.listStillHeld(trx, shards)
      const sent = batch.filter(({ shard }) => stillMine.has(shard))
      await deleteSent(
        trx,
        sent.map(({ id }) => id),
      )
    })
    return [...Map.groupBy(batch, ({ shard }) => shard).values()].some(
      ({ length }) => length === limitPerShard,
    )
  }

  const loop = createLoop({
    run: relayBatch,
    idleMs: pollMs,
    gapMs,
    onError: (error, failures) =>
      log[isWorthTelling(failures) ? 'warn' : 'debug']({ err: error, failures }, 'outbox relay waits'),
  })
  return {
    start: () => {
      loop.start()
      watch.start()
    },
    nudge: () => loop.nudge(),
    stop: async () => {
      await Promise.all([loop.stop(), watch.stop()])
      await leases.release().catch((error: unknown) => {
        // They end by themselves.
        log.warn({ err: error }, 'relay leases not given back')
      })
    },
    lagMs: () => lagMs,
  }
}

function nextLimit(batch: readonly OutboxEvent[]): number {
  const bytes = batch.reduce((sum, event) => sum + event.bytes, 0)
  const fitting = Math.floor((bytesPerBatch / Math.max(1, bytes)) * batch.length)
  return Math.min(maxEventsPerBatch, Math.max(minEventsPerBatch, fitting))
}
