import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock/clock.ts'
import type { Database } from '../database/database.ts'
import { createLoop } from '../lifecycle/create-loop.ts'
import type { Logger } from '../logging/logger.ts'
import type { EventLog } from './event-log.ts'
import { deleteSent, listUnsent, listWaitingShards } from './outbox.ts'
import { createRelayLeases } from './relay-leases.ts'

export interface OutboxRelayDeps {
  readonly database: Database
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly log: Logger
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
const eventsPerBatch = 200
/**
 * Each round costs two transactions, one at either end: under a stream of messages it is shared by all of this time,
 * in ms. Nobody waits for it: acknowledgements and pushes are out before.
 */
const gapMs = 50
/** Somebody must look when an event waits this long, in ms; told once in that time. */
const alarmMs = 5 * 60_000

/**
 * Takes events from a service's outbox to the event log: at least once, in order per key. Rows go away only after the
 * log has them, and only by the owner of their shard: two owners for a moment make repeats, never losses.
 */
export function createOutboxRelay({ database, eventLog, clock, log }: OutboxRelayDeps): OutboxRelay {
  const leases = createRelayLeases(database, clock, randomUUID())
  let lagMs = 0
  let alarmedAtMs = 0

  const noteLag = (oldestAtMs: number | undefined): void => {
    const now = clock.now()
    lagMs = oldestAtMs === undefined ? 0 : Math.max(0, now - oldestAtMs)
    if (lagMs < alarmMs || now - alarmedAtMs < alarmMs) return
    alarmedAtMs = now
    log.error({ lagMs }, 'events wait in the outbox')
  }

  const relayBatch = async (): Promise<boolean> => {
    const waiting = await listWaitingShards(database.reader)
    const shards = waiting.length === 0 ? [] : await leases.hold(waiting)
    const batch = shards.length === 0 ? [] : await listUnsent(database.reader, shards, eventsPerBatch)
    noteLag(batch[0]?.createdAtMs)
    if (batch.length === 0) return false
    await eventLog.append(batch.map(({ event }) => event))
    await database.transaction(async (trx) => {
      const stillMine = await leases.listStillHeld(trx, shards)
      const sent = batch.filter(({ shard }) => stillMine.has(shard))
      await deleteSent(
        trx,
        sent.map(({ id }) => id),
      )
    })
    return batch.length === eventsPerBatch
  }

  const loop = createLoop({
    run: relayBatch,
    idleMs: pollMs,
    gapMs,
    onError: (error, failures) => log.warn({ err: error, failures }, 'outbox relay waits'),
  })
  return {
    start: () => loop.start(),
    nudge: () => loop.nudge(),
    stop: async () => {
      await loop.stop()
      await leases.release().catch((error: unknown) => {
        // They end by themselves.
        log.warn({ err: error }, 'relay leases not given back')
      })
    },
    lagMs: () => lagMs,
  }
}
