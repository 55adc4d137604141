import { domainEvents, type DomainEventType } from '@our-now/contracts/domain-events.ts'
import type { Clock } from '../../clock/clock.ts'
import { ConfigError } from '../../config/config-error.ts'
import type { Logger } from '../../logging/logger.ts'
import type { EventHandlers, EventLog } from '../event-log.ts'
import { defaultRetry, type RetryPolicy } from '../handle-event.ts'
import { noEventLogMetrics, type EventLogMetrics } from '../event-log-metrics.ts'
import { defaultTimings, type GroupTimings } from './consume.ts'
import { ensureTopics } from './ensure-topics.ts'
import { createKafkaClient } from './kafka-client.ts'
import { parseKafkaUrl } from './kafka-url.ts'
import { createLagReader } from './lag.ts'
import { createEventProducer } from './producer.ts'
import { startKafkaSubscription, type KafkaSubscription } from './subscription.ts'

export interface KafkaEventLogDeps {
  readonly clock: Clock
  readonly log: Logger
  readonly retry?: RetryPolicy
  readonly setting?: string
  readonly metrics?: EventLogMetrics
  /** Silence of a consumer that means that it hangs, in ms. */
  readonly silentMs?: number
  readonly timings?: GroupTimings
}

/**
 * The event log on Kafka. At the start a broker must answer; later it may go away and come back: `append` then refuses
 * as `unavailable`, and readers go on by themselves.
 *
 * @throws {ConfigError} when no broker answers
 */
export async function openKafkaEventLog(url: string, deps: KafkaEventLogDeps): Promise<EventLog> {
  const { clock, log, retry = defaultRetry, setting = 'EVENT_LOG_URL' } = deps
  const metrics = deps.metrics ?? noEventLogMetrics
  const place = parseKafkaUrl(url, setting)
  const kafka = createKafkaClient(place.brokers, { clientId: 'our-now', log })
  await prepareTopics()
  const producer = createEventProducer(kafka, { prefix: place.prefix, log })
  const lagReader = createLagReader(kafka)
  const subscriptions = new Set<KafkaSubscription>()

  async function prepareTopics(): Promise<void> {
    const admin = kafka.admin()
    try {
      await admin.connect()
      await ensureTopics(admin, place)
    } catch (error) {
      log.debug({ err: error }, 'topics not prepared')
      const reason = error instanceof Error ? error.message : String(error)
      throw new ConfigError(`${setting}: no Kafka broker answers there as it should (${reason}).`)
    } finally {
      await admin.disconnect().catch(() => undefined)
    }
  }

  return {
    append: (events) => producer.append(events),
    subscribe: async ({ group, handlers, deadEvents }) => {
      if (deadEvents === undefined)
        throw new Error(`group ${group}: on Kafka a subscription needs a database for its dead events`)
      const subscription = startKafkaSubscription({
        kafka,
        group,
        groupId: place.prefix + group,
        topics: topicsOf(handlers, place.prefix),
        handlers,
        deadEvents,
        retry,
        clock,
        log,
        lagReader,
        timings: deps.timings ?? defaultTimings,
        onParked: () => metrics.onParked(group),
        onRestart: () => metrics.onRestart(group),
        ...(deps.silentMs === undefined ? {} : { silentMs: deps.silentMs }),
      })
      subscriptions.add(subscription)
      const unwatch = metrics.watchLag(group, () => subscription.lags())
      return {
        close: async () => {
          unwatch()
          await subscription.close()
          subscriptions.delete(subscription)
        },
      }
    },
    close: async () => {
      await Promise.all([...subscriptions].map((subscription) => subscription.close()))
      subscriptions.clear()
      await producer.close()
      await lagReader.close()
    },
  }
}

function topicsOf(handlers: EventHandlers, prefix: string): string[] {
  const types = Object.keys(domainEvents) as DomainEventType[]
  const wanted = types.filter((type) => handlers[type] !== undefined)
  return [...new Set(wanted.map((type) => prefix + domainEvents[type].topic))]
}
