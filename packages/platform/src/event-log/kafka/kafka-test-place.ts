import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../clock/clock.ts'
import { systemClock } from '../../clock/clock.ts'
import type { Database } from '../../database/database.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createLogger } from '../../logging/logger.ts'
import { appliedEventsMigration, applyInOrder } from '../applied-events.ts'
import type { EventHandlers, EventLog, LoggedEvent } from '../event-log.ts'
import { numberOf } from '../event-log.suite.ts'
import { appendToOutbox, outboxMigration } from '../outbox.ts'
import { createOutboxRelay, type OutboxRelay } from '../outbox-relay.ts'
import { deadEventsMigration } from './dead-events.ts'
import { openKafkaEventLog, type KafkaEventLogDeps } from './kafka-event-log.ts'

const log = createLogger('silent')
export const quickRetry = { attempts: 3, patienceMs: 60_000, firstWaitMs: 5, maxWaitMs: 20 }

/** A service that writes an outbox, and a consumer that counts effects, each in a database of its own, on one Kafka. */
export interface KafkaPlace {
  readonly url: string
  readonly service: Database
  readonly consumer: Database
  openLog(deps?: Partial<KafkaEventLogDeps>): Promise<EventLog>
  startRelay(eventLog: EventLog, clock?: Clock): OutboxRelay
  write(...events: readonly LoggedEvent[]): Promise<void>
  countWaiting(): Promise<number>
  /** Everything in the topics from the beginning, as a new group reads it, until `isEnough`. */
  readTopic(isEnough: (events: readonly LoggedEvent[]) => boolean): Promise<readonly LoggedEvent[]>
  close(): Promise<void>
}

export async function openKafkaPlace(serverUrl: string): Promise<KafkaPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-kafka-test-'))
  const open = (name: string, migrations: Parameters<typeof openDatabase>[1]['migrations']) =>
    openDatabase(`sqlite:${join(folder, `${name}.db`)}`, { migrations, log })
  const service = await open('service', [outboxMigration])
  const consumer = await open('consumer', [deadEventsMigration, appliedEventsMigration])
  const url = `${serverUrl}/${randomUUID()}?partitions=4`
  const logs: EventLog[] = []
  const relays: OutboxRelay[] = []
  const openLog = async (deps: Partial<KafkaEventLogDeps> = {}): Promise<EventLog> => {
    const opened = await openKafkaEventLog(url, { clock: systemClock, log, retry: quickRetry, ...deps })
    logs.push(opened)
    return opened
  }
  return {
    url,
    service,
    consumer,
    openLog,
    startRelay: (eventLog, clock = systemClock) => {
      const relay = createOutboxRelay({ database: service, eventLog, clock, log })
      relays.push(relay)
      relay.start()
      return relay
    },
    write: (...events) => service.transaction((trx) => appendToOutbox(trx, events)),
    countWaiting: async () => (await service.reader('outbox')).length,
    readTopic: async (isEnough) => {
      const events: LoggedEvent[] = []
      const enough = Promise.withResolvers<void>()
      const reader = await openLog()
      await reader.subscribe({
        group: `reader-${randomUUID()}`,
        deadEvents: consumer,
        handlers: {
          'auth.session-ended.v1': async (event) => {
            events.push(event)
            if (isEnough(events)) enough.resolve()
          },
        },
      })
      await enough.promise
      await reader.close()
      return events
    },
    close: async () => {
      await Promise.all(relays.map((relay) => relay.stop()))
      await Promise.all(logs.map((opened) => opened.close()))
      await Promise.all([service.close(), consumer.close()])
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** The numbers of one key in the order in which each came for the first time. */
export const firstNumbersOf = (events: readonly LoggedEvent[], key: string): number[] => [
  ...new Set(events.filter((event) => event.key === key).map((event) => numberOf(event as never))),
]

/** A consumer that adds up its events in its own database; event numbers begin with 1. */
export function createSummingHandlers(
  database: Database,
  before: (event: LoggedEvent) => Promise<void> = async () => undefined,
): {
  readonly handlers: EventHandlers
  readonly sums: ReadonlyMap<string, number>
  readonly seen: () => number
} {
  const sums = new Map<string, number>()
  let seen = 0
  const handlers: EventHandlers = {
    'auth.session-ended.v1': async (event) => {
      await before(event)
      seen++
      const number = numberOf(event)
      const place = { consumer: 'sums', key: event.key, events: [{ seq: number }] }
      await database.transaction((trx) =>
        applyInOrder(trx, place, async () => {
          sums.set(event.key, (sums.get(event.key) ?? 0) + number)
        }),
      )
    },
  }
  return { handlers, sums, seen: () => seen }
}
