import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventLog, LoggedEvent } from '../event-log.ts'
import { anEvent, numberOf } from '../event-log.suite.ts'
import { createSummingHandlers, firstNumbersOf, openKafkaPlace, type KafkaPlace } from './kafka-test-place.ts'

const keys = ['ada', 'bob', 'cho']
const numbers = [1, 2, 3, 4, 5]
const events = numbers.flatMap((number) => keys.map((key) => anEvent(key, number)))
const sumOf = (some: readonly number[]) => some.reduce((sum, number) => sum + number, 0)

await describeWithInfra(['kafka'], 'races of the event log on Kafka', (infra) => {
  let place: KafkaPlace
  let nowMs = 1_750_000_000_000
  const clock = { now: () => nowMs }
  beforeEach(async () => {
    place = await openKafkaPlace(infra.kafka.url)
  })
  afterEach(() => place.close())

  /** The log with something before or after each append. */
  const wrap = (eventLog: EventLog, append: EventLog['append']): EventLog => ({
    append,
    subscribe: (subscription) => eventLog.subscribe(subscription),
    close: () => eventLog.close(),
  })
  const untilSent = () => waitUntil(async () => (await place.countWaiting()) === 0, { timeoutMs: 15_000 })

  test('R5: a relay that dies after its produce and before removing the rows makes repeats, and effects once', async () => {
    const eventLog = await place.openLog()
    const produced = Promise.withResolvers<void>()
    const dead = Promise.withResolvers<void>()
    const dies = wrap(eventLog, async (some) => {
      await eventLog.append(some)
      produced.resolve()
      await dead.promise
      throw new Error('died')
    })
    await place.write(...events)
    place.startRelay(dies, clock)
    await produced.promise
    expect(await place.countWaiting()).toBe(events.length)

    nowMs += 6_000
    place.startRelay(eventLog, clock)
    await untilSent()
    const { handlers, sums, seen } = createSummingHandlers(place.consumer)
    await eventLog.subscribe({ group: 'sums', handlers, deadEvents: place.consumer })
    await waitUntil(() => seen() === 2 * events.length, { timeoutMs: 15_000 })
    for (const key of keys) expect(sums.get(key)).toBe(sumOf(numbers))
    dead.resolve()
  })

  test('R6: an owner that sleeps through its lease sends late what its successor has sent; order and effects hold', async () => {
    const eventLog = await place.openLog()
    const asleep = Promise.withResolvers<void>()
    const awake = Promise.withResolvers<void>()
    const sleeper = wrap(eventLog, async (some) => {
      asleep.resolve()
      await awake.promise
      await eventLog.append(some)
    })
    await place.write(...events)
    const first = place.startRelay(sleeper, clock)
    await asleep.promise

    nowMs += 6_000
    place.startRelay(eventLog, clock)
    await untilSent()
    const later = keys.map((key) => anEvent(key, 6))
    await place.write(...later)
    await untilSent()
    awake.resolve()
    await first.stop()

    const all = await place.readTopic((some) => some.length === 2 * events.length + later.length)
    for (const key of keys) expect(firstNumbersOf(all, key)).toEqual([...numbers, 6])
    const { handlers, sums, seen } = createSummingHandlers(place.consumer)
    await eventLog.subscribe({ group: 'sums', handlers, deadEvents: place.consumer })
    await waitUntil(() => seen() === all.length, { timeoutMs: 15_000 })
    for (const key of keys) expect(sums.get(key)).toBe(sumOf([...numbers, 6]))
  })

  test('R18: a handler that outlasts a rebalance ends after its successor has begun; effects count once', async () => {
    const timings = { sessionMs: 6_000, heartbeatMs: 200, rebalanceMs: 1_000 }
    const [old, successor] = [await place.openLog({ timings }), await place.openLog({ timings })]
    const held = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const isLong = (event: LoggedEvent) => event.key === 'ada' && numberOf(event as never) === 3
    const slow = createSummingHandlers(place.consumer, async (event) => {
      if (!isLong(event)) return
      begun.resolve()
      await held.promise
    })
    await old.subscribe({ group: 'sums', handlers: slow.handlers, deadEvents: place.consumer })
    await old.append(events)
    await begun.promise

    const quick = createSummingHandlers(place.consumer)
    await successor.subscribe({ group: 'sums', handlers: quick.handlers, deadEvents: place.consumer })
    await waitUntil(() => quick.sums.get('ada') === sumOf([3, 4, 5]), { timeoutMs: 15_000 })
    const seenBefore = slow.seen()
    held.resolve()
    await waitUntil(() => slow.seen() > seenBefore)
    await old.append([anEvent('ada', 6)])
    const total = (key: string) => (slow.sums.get(key) ?? 0) + (quick.sums.get(key) ?? 0)
    await waitUntil(() => total('ada') === sumOf([...numbers, 6]), { timeoutMs: 15_000 })
    await waitUntil(() => ['bob', 'cho'].every((key) => total(key) === sumOf(numbers)), { timeoutMs: 15_000 })
  })
})
