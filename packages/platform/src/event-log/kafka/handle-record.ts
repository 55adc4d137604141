import { setTimeout as wait } from 'node:timers/promises'
import type { KafkaMessage } from 'kafkajs'
import type { Clock } from '../../clock/clock.ts'
import type { Database } from '../../database/database.ts'
import { backoffMs } from '../../lifecycle/create-loop.ts'
import type { Logger } from '../../logging/logger.ts'
import type { EventHandlers, LoggedEvent } from '../event-log.ts'
import { handleEvent, type Handled, type RetryPolicy } from '../handle-event.ts'
import { parkDeadRecord, type DeadRecord } from './dead-events.ts'
import { headerOf, toEvent } from './event-record.ts'

export interface HandleRecordDeps {
  readonly group: string
  readonly handlers: EventHandlers
  readonly retry: RetryPolicy
  /** Where records that nobody can handle are kept: the consumer's own database, with `deadEventsMigration`. */
  readonly deadEvents: Database
  readonly clock: Clock
  readonly log: Logger
  /** A record was parked. */
  readonly onParked: () => void
}

interface RecordPlace {
  readonly topic: string
  readonly partition: number
}

/**
 * Handles one record until it is behind us: handled, of no interest, or parked with an alarm.
 *
 * @returns false when `signal` ended it before: the record comes again
 */
export async function handleRecord(
  record: KafkaMessage,
  place: RecordPlace,
  signal: AbortSignal,
  deps: HandleRecordDeps,
): Promise<boolean> {
  const handled = await readAndHandle(record, signal, deps)
  if (handled.outcome !== 'failed') return handled.outcome === 'done'
  const dead: DeadRecord = {
    ...place,
    group: deps.group,
    position: record.offset,
    type: headerOf(record.headers, 'type') ?? '',
    key: record.key?.toString() ?? '',
    payload: record.value?.toString() ?? '',
    traceparent: headerOf(record.headers, 'traceparent'),
    error: handled.error,
    attempts: handled.attempts,
  }
  const { group, topic, type, key, attempts, error } = dead
  if (!(await parkUntilDone(dead, signal, deps))) return false
  deps.log.error({ group, topic, type, key, attempts, error }, 'event parked in dead_events')
  deps.onParked()
  return true
}

async function readAndHandle(
  record: KafkaMessage,
  signal: AbortSignal,
  deps: HandleRecordDeps,
): Promise<Handled> {
  let event: LoggedEvent | undefined
  try {
    event = toEvent(record)
  } catch (error) {
    return { outcome: 'failed', error, attempts: 1 }
  }
  return event === undefined ? { outcome: 'done' } : handleEvent(event, { ...deps, signal })
}

/** While the database is away nothing else of this partition could be handled either: it waits. */
async function parkUntilDone(
  dead: DeadRecord,
  signal: AbortSignal,
  { deadEvents, clock, retry, log, group }: HandleRecordDeps,
): Promise<boolean> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      await parkDeadRecord(deadEvents, clock, dead)
      return true
    } catch (error) {
      log.warn({ err: error, failures, group }, 'dead event not parked yet')
      const pauseMs = backoffMs(failures, retry.firstWaitMs, retry.maxWaitMs)
      await wait(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }
  return false
}
