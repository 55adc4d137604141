import { describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import type { InfraServer } from '@our-now/testkit/infra/infra-server.ts'
import { startKafka } from '@our-now/testkit/infra/kafka.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../clock/clock.ts'
import { createLogger } from '../../logging/logger.ts'
import { anEvent, numberOf } from '../event-log.suite.ts'
import { openEventLog } from '../open-event-log.ts'
import { createSummingHandlers, firstNumbersOf, openKafkaPlace, type KafkaPlace } from './kafka-test-place.ts'

const log = createLogger('silent')
const awayMs = 3_000
/** A busy machine takes its time to start Java. */
const readyWithinMs = 60_000

test('a broker that cannot be reached at the start is told in one sentence with the setting', async () => {
  const opening = openEventLog('kafka://127.0.0.1:1', { clock: systemClock, log })
  await expect(opening).rejects.toThrow(
    /^EVENT_LOG_URL: no Kafka broker answers there as it should \(.*\)\.$/,
  )
  await expect(openEventLog('kafka://', { clock: systemClock, log })).rejects.toThrow(/^EVENT_LOG_URL: /)
})

describeWithPrograms(['kafka'], 'while Kafka is away', () => {
  let dataDir: string
  let broker: InfraServer
  let place: KafkaPlace
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'our-now-kafka-away-'))
    broker = await startKafka({ dataDir, readyWithinMs })
  }, readyWithinMs)
  afterAll(async () => {
    await broker.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  })
  beforeEach(async () => {
    place = await openKafkaPlace(broker.url)
    onTestFinished(() => place.close())
  })
  const startAgain = async () => {
    broker = await startKafka({ dataDir, port: broker.port, readyWithinMs })
  }

  test('kill -9 for some seconds: writers go on, no event is missing in the topic, first ones are in order', async () => {
    const keys = Array.from({ length: 8 }, (_, index) => `key-${index}`)
    const eventLog = await place.openLog()
    place.startRelay(eventLog)
    const { handlers, sums } = createSummingHandlers(place.consumer)
    await eventLog.subscribe({ group: 'sums', handlers, deadEvents: place.consumer })

    let number = 0
    let slowestMs = 0
    const stopWriting = new AbortController()
    const writing = (async () => {
      for (; !stopWriting.signal.aborted; await wait(25)) {
        number++
        const startedAtMs = performance.now()
        await place.write(...keys.map((key) => anEvent(key, number)))
        slowestMs = Math.max(slowestMs, performance.now() - startedAtMs)
      }
    })()
    await waitUntil(() => sums.size === keys.length, { timeoutMs: 10_000 })
    await broker.kill()
    const before = number
    await wait(awayMs)
    expect(number - before).toBeGreaterThan(20)
    expect(await place.countWaiting()).toBeGreaterThan(20)
    await startAgain()
    await wait(500)
    stopWriting.abort()
    await writing
    expect(slowestMs).toBeLessThan(3_000)

    await waitUntil(async () => (await place.countWaiting()) === 0, { timeoutMs: 20_000 })
    const wanted = Array.from({ length: number }, (_, index) => index + 1)
    const found = new Set<string>()
    const all = await place.readTopic((events) => {
      const last = events.at(-1)
      if (last !== undefined) found.add(`${last.key} ${numberOf(last as never)}`)
      return found.size === keys.length * number
    })
    for (const key of keys) expect(firstNumbersOf(all, key)).toEqual(wanted)
    // The reader that was there all the time goes on by itself.
    const sum = (number * (number + 1)) / 2
    await waitUntil(() => keys.every((key) => sums.get(key) === sum), { timeoutMs: 30_000 })
  }, 150_000)

  test('append refuses within some seconds as unavailable, and works again when the broker is back', async () => {
    const eventLog = await place.openLog()
    await eventLog.append([anEvent('ada', 1)])
    await broker.kill()
    const startedAtMs = performance.now()
    await expect(eventLog.append([anEvent('ada', 2)])).rejects.toMatchObject({ code: 'unavailable' })
    expect(performance.now() - startedAtMs).toBeLessThan(8_000)
    await startAgain()
    await waitUntil(() => eventLog.append([anEvent('ada', 2)]).then(() => true), { timeoutMs: 20_000 })
  }, 150_000)

  test('a broker that stands still is left in time, and its readers go on when it moves again', async () => {
    const eventLog = await place.openLog()
    const { handlers, sums } = createSummingHandlers(place.consumer)
    await eventLog.subscribe({ group: 'sums', handlers, deadEvents: place.consumer })
    await eventLog.append([anEvent('ada', 1)])
    await waitUntil(() => sums.get('ada') === 1, { timeoutMs: 10_000 })
    if (broker.pid === undefined) throw new Error('a broker of our own has a pid')
    process.kill(broker.pid, 'SIGSTOP')
    const startedAtMs = performance.now()
    await expect(eventLog.append([anEvent('ada', 2)])).rejects.toMatchObject({ code: 'unavailable' })
    expect(performance.now() - startedAtMs).toBeLessThan(15_000)
    process.kill(broker.pid, 'SIGCONT')
    await waitUntil(() => eventLog.append([anEvent('ada', 2), anEvent('ada', 3)]).then(() => true), {
      timeoutMs: 20_000,
    })
    await waitUntil(() => sums.get('ada') === 6, { timeoutMs: 30_000 })
  }, 150_000)
})
