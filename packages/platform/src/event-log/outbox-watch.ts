import type { Clock } from '../clock/clock.ts'
import type { Database } from '../database/database.ts'
import { createLoop, type Loop } from '../lifecycle/create-loop.ts'
import type { Logger } from '../logging/logger.ts'
import type { Metrics } from '../telemetry/create-metrics.ts'

export interface OutboxWatchDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly metrics?: Metrics
}

const lookEveryMs = 10_000
/** Somebody must look when so many events wait, or one waits so long (in ms); told once in that time. */
const alarmEvents = 100_000
const alarmMs = 5 * 60_000

/** Tells the operator how much waits in the outbox: numbers for /metrics, and a line when it is too much. */
export function createOutboxWatch({ database, clock, log, metrics }: OutboxWatchDeps): Loop {
  let waiting = { events: 0, oldestMs: 0 }
  let alarmedAtMs = -Infinity
  metrics?.gauge('app_outbox_events', 'Events that wait to be appended to the log.', () => waiting.events)
  metrics?.gauge('app_outbox_oldest_ms', 'How long the oldest of them waits.', () => waiting.oldestMs)

  const look = async (): Promise<boolean> => {
    const now = clock.now()
    const row: { events: number; oldest_at_ms: number | null } = await database
      .reader('outbox')
      .first(database.reader.raw('count(*) as events, min(created_at_ms) as oldest_at_ms'))
    const oldestMs = row.oldest_at_ms === null ? 0 : Math.max(0, now - row.oldest_at_ms)
    waiting = { events: row.events, oldestMs }
    const isTooMuch = waiting.events >= alarmEvents || oldestMs >= alarmMs
    if (isTooMuch && now - alarmedAtMs >= alarmMs) {
      alarmedAtMs = now
      log.error(waiting, 'events wait in the outbox')
    }
    return false
  }

  return createLoop({
    run: look,
    idleMs: lookEveryMs,
    onError: (error, failures) => log.debug({ err: error, failures }, 'outbox not counted'),
  })
}
