import type { Clock } from '../clock/clock.ts'
import { ConfigError } from '../config/config-error.ts'
import { splitUrl } from '../config/split-url.ts'
import type { Logger } from '../logging/logger.ts'
import type { Metrics } from '../telemetry/create-metrics.ts'
import type { EventLog } from './event-log.ts'
import type { RetryPolicy } from './handle-event.ts'
import { createEventLogMetrics } from './event-log-metrics.ts'
import { openKafkaEventLog } from './kafka/kafka-event-log.ts'
import { openSqliteEventLog } from './sqlite/sqlite-event-log.ts'

export interface OpenEventLogDeps {
  readonly clock: Clock
  readonly log: Logger
  /** How long a failing handler is tried again. */
  readonly retry?: RetryPolicy
  /** The setting that the url comes from, for messages. */
  readonly setting?: string
  /** Where readers tell their lag; undefined: nobody asks. */
  readonly metrics?: Metrics
}

/**
 * Opens the event log by its url (`sqlite:/absolute/file.db`, `kafka://k1:9092,k2:9092`). The caller closes it.
 *
 * @throws {ConfigError} in one sentence, when it cannot be used as it is set up
 */
export async function openEventLog(url: string, deps: OpenEventLogDeps): Promise<EventLog> {
  const { scheme } = splitUrl(url)
  if (scheme === 'sqlite') return openSqliteEventLog(url, deps)
  if (scheme === 'kafka') {
    const { metrics, ...others } = deps
    return openKafkaEventLog(url, {
      ...others,
      ...(metrics === undefined ? {} : { metrics: createEventLogMetrics(metrics) }),
    })
  }
  throw new ConfigError(
    `${deps.setting ?? 'EVENT_LOG_URL'}: a url like sqlite:/absolute/file.db or kafka://host:9092 is expected, not the scheme "${scheme}".`,
  )
}
