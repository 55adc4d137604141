import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { Kafka, logLevel } from 'kafkajs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../clock/clock.ts'
import { createLogger } from '../../logging/logger.ts'
import { createMetrics } from '../../telemetry/create-metrics.ts'
import { createEventLogMetrics } from '../event-log-metrics.ts'
import { anEvent, createCollector } from '../event-log.suite.ts'
import { defaultTimings } from './consume.ts'
import { createKafkaClient } from './kafka-client.ts'
import { createSummingHandlers, openKafkaPlace, quickRetry, type KafkaPlace } from './kafka-test-place.ts'
import { parseKafkaUrl } from './kafka-url.ts'
import { createLagReader } from './lag.ts'
import { startKafkaSubscription } from './subscription.ts'

const silent = createLogger('silent')

await describeWithInfra(['kafka'], 'readers of Kafka', (infra) => {
  let place: KafkaPlace
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  beforeEach(async () => {
    process.on('warning', note)
    place = await openKafkaPlace(infra.kafka.url)
  })
  afterEach(async () => {
    await place.close()
    process.off('warning', note)
  })

  /** What our code does not do: another program on the same cluster. */
  async function withForeignClient<T>(work: (kafka: Kafka) => Promise<T>): Promise<T> {
    const { brokers } = parseKafkaUrl(place.url, 'KAFKA_URL')
    return work(new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }))
  }
  const topic = () => `${parseKafkaUrl(place.url, 'KAFKA_URL').prefix}auth.user-events`

  test('topics are made at the start, with the partitions that the url says', async () => {
    await place.openLog()
    const { topics } = await withForeignClient(async (kafka) => {
      const admin = kafka.admin()
      await admin.connect()
      const metadata = await admin.fetchTopicMetadata({ topics: [topic()] })
      await admin.disconnect()
      return metadata
    })
    expect(topics[0]?.partitions).toHaveLength(4)
  })

  test('many replicas that start at once make the topics together', async () => {
    const logs = await Promise.all(Array.from({ length: 6 }, () => place.openLog()))
    await Promise.all(logs.map((eventLog, index) => eventLog.append([anEvent(`key-${index}`, 1)])))
  })

  test('a record that is no event is parked as it came, with an alarm, and its partition goes on', async () => {
    const lines: string[] = []
    const log = createLogger('error', { write: (line) => lines.push(line) })
    const eventLog = await place.openLog({ log })
    await withForeignClient(async (kafka) => {
      const producer = kafka.producer()
      await producer.connect()
      await producer.send({
        topic: topic(),
        messages: [{ key: 'ada', value: '{ not JSON', headers: { type: 'auth.session-ended.v1' } }],
      })
      await producer.disconnect()
    })
    const { handlers, numbersOf } = createCollector()
    await eventLog.subscribe({ group: 'presence', handlers, deadEvents: place.consumer })
    await eventLog.append([anEvent('ada', 1)])
    await waitUntil(() => numbersOf('ada').length === 1, { timeoutMs: 10_000 })
    expect(await place.consumer.reader('dead_events')).toMatchObject([
      { consumer_group: 'presence', event_key: 'ada', payload: '{ not JSON', attempts: 1, topic: topic() },
    ])
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 50, msg: 'event parked in dead_events', group: 'presence', key: 'ada' },
    ])
  })

  test('a poisoned event is parked with its counted tries, also while other partitions are read', async () => {
    const metrics = createMetrics('test')
    const eventLog = await place.openLog({ metrics: createEventLogMetrics(metrics) })
    const { handlers, seen } = createCollector(async (event) => {
      if (event.key === 'key-3') throw new TypeError('poison')
    })
    await eventLog.subscribe({ group: 'presence', handlers, deadEvents: place.consumer })
    await eventLog.append(Array.from({ length: 20 }, (_, index) => anEvent(`key-${index}`, index)))
    await waitUntil(() => seen.length === 19, { timeoutMs: 10_000 })
    await waitUntil(async () => (await place.consumer.reader('dead_events')).length === 1)
    expect(await place.consumer.reader('dead_events')).toMatchObject([
      { event_key: 'key-3', error: 'TypeError: poison', attempts: quickRetry.attempts },
    ])
    expect(await metrics.text()).toContain('app_event_log_parked_total{group="presence",service="test"} 1')
  })

  test('a group tells how far behind it is, by partition', async () => {
    const metrics = createMetrics('test')
    const eventLog = await place.openLog({ metrics: createEventLogMetrics(metrics) })
    const held = Promise.withResolvers<void>()
    const { handlers } = createCollector(() => held.promise)
    await eventLog.append([anEvent('ada', 1), anEvent('ada', 2)])
    const subscription = await eventLog.subscribe({ group: 'slow', handlers, deadEvents: place.consumer })
    const lagOfAll = async () =>
      [...(await metrics.text()).matchAll(/app_event_log_lag_events\{group="slow".*\} (\d+)/g)].reduce(
        (sum, [, value]) => sum + Number(value),
        0,
      )
    await waitUntil(async () => (await lagOfAll()) === 2, { timeoutMs: 15_000 })
    held.resolve()
    await waitUntil(async () => (await lagOfAll()) === 0, { timeoutMs: 15_000 })
    await subscription.close()
    expect(await metrics.text()).not.toContain('group="slow"')
  })

  test('a consumer that hangs is replaced', async () => {
    const { brokers, prefix } = parseKafkaUrl(place.url, 'KAFKA_URL')
    const kafka = createKafkaClient(brokers, { clientId: 'test', log: silent })
    const createConsumer = kafka.consumer.bind(kafka)
    let consumers = 0
    // The first one never fetches anything, as kafkajs does when it has lost a connection without noticing.
    kafka.consumer = (options) => {
      const consumer = createConsumer(options)
      return ++consumers === 1 ? { ...consumer, run: async () => undefined } : consumer
    }
    const eventLog = await place.openLog()
    await eventLog.append([anEvent('ada', 1)])
    const { handlers, sums } = createSummingHandlers(place.consumer)
    let restarts = 0
    const lagReader = createLagReader(kafka)
    const subscription = startKafkaSubscription({
      kafka,
      group: 'sums',
      groupId: `${prefix}sums`,
      topics: [topic()],
      handlers,
      deadEvents: place.consumer,
      retry: quickRetry,
      clock: systemClock,
      log: silent,
      lagReader,
      timings: defaultTimings,
      silentMs: 1_000,
      onParked: () => undefined,
      onRestart: () => restarts++,
    })
    await waitUntil(() => sums.get('ada') === 1, { timeoutMs: 20_000 })
    expect(restarts).toBe(1)
    await subscription.close()
    await lagReader.close()
  })

  test('a subscription without a place for dead events is refused', async () => {
    const eventLog = await place.openLog()
    await expect(eventLog.subscribe({ group: 'presence', handlers: {} })).rejects.toThrow(/dead events/)
  })

  test('the client makes no warnings of negative timeouts', async () => {
    const eventLog = await place.openLog()
    await eventLog.append([anEvent('ada', 1)])
    const { handlers, numbersOf } = createCollector()
    await eventLog.subscribe({ group: 'presence', handlers, deadEvents: place.consumer })
    await waitUntil(() => numbersOf('ada').length === 1, { timeoutMs: 10_000 })
    expect(warnings.map(({ name }) => name)).toEqual([])
  })
})
