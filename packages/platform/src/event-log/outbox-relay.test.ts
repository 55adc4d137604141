import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '../database/database.ts'
import { createLogger } from '../logging/logger.ts'
import type { EventLog, LoggedEvent } from './event-log.ts'
import { anEvent, numberOf } from './event-log.suite.ts'
import { appendToOutbox, outboxMigration } from './outbox.ts'
import { createOutboxRelay, type OutboxRelay } from './outbox-relay.ts'
import { shardCount, shardOf } from './shard-of.ts'

const log = createLogger('silent')
let nowMs = 1_750_000_000_000
const clock = { now: () => nowMs }
let database: Database
let closeDatabase: () => Promise<void>
const relays: OutboxRelay[] = []
beforeEach(async () => {
  ;({ database, close: closeDatabase } = await openTestDatabase([outboxMigration]))
})
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
  await closeDatabase()
})

/** The far end: remembers what it was given, may fail or wait first. */
function createFarEnd(before: () => Promise<void> = async () => undefined) {
  const events: LoggedEvent[] = []
  const eventLog: EventLog = {
    append: async (some) => {
      await before()
      events.push(...some)
    },
    subscribe: async () => ({ close: async () => undefined }),
    close: async () => undefined,
  }
  return { eventLog, events }
}
function startRelay(eventLog: EventLog, ownClock = clock): OutboxRelay {
  const relay = createOutboxRelay({ database, eventLog, clock: ownClock, log })
  relays.push(relay)
  relay.start()
  return relay
}
const write = (...events: readonly LoggedEvent[]) =>
  database.transaction((trx) => appendToOutbox(trx, events, clock.now()))
const countWaiting = async () => (await database.reader('outbox')).length
const until = (isTrue: () => Promise<void> | void) => vi.waitFor(isTrue, { timeout: 10_000, interval: 5 })

test('an event is told if and only if its transaction commits', async () => {
  const { eventLog, events } = createFarEnd()
  await database
    .transaction(async (trx) => {
      await appendToOutbox(trx, [anEvent('ada', 1)])
      throw new Error('no')
    })
    .catch(() => undefined)
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
  await write({ ...anEvent('ada', 2), traceparent })
  startRelay(eventLog)
  await until(async () => expect(await countWaiting()).toBe(0))
  expect(events).toEqual([{ ...anEvent('ada', 2), traceparent }])
})

test('a nudge sends at once, without one the net catches it', async () => {
  const { eventLog, events } = createFarEnd()
  const relay = startRelay(eventLog)
  await write(anEvent('ada', 1))
  relay.nudge()
  await until(() => expect(events).toHaveLength(1))
  await write(anEvent('ada', 2))
  await until(() => expect(events).toHaveLength(2))
})

test('rows that became visible late are not passed over', async () => {
  const { eventLog, events } = createFarEnd()
  const relay = startRelay(eventLog)
  await database.transaction((trx) =>
    trx('outbox').insert({ id: 50, shard: shardOf('ada'), ...row(50), created_at_ms: 0 }),
  )
  relay.nudge()
  await until(async () => expect(await countWaiting()).toBe(0))
  await database.transaction((trx) =>
    trx('outbox').insert({ id: 7, shard: shardOf('ada'), ...row(7), created_at_ms: 0 }),
  )
  relay.nudge()
  await until(() => expect(events).toHaveLength(2))
})
const row = (number: number) => ({
  type: 'auth.session-ended.v1',
  event_key: 'ada',
  payload: JSON.stringify(anEvent('ada', number).data),
})

test('while the log is away events wait; they leave in order when it is back', async () => {
  let isAway = true
  const { eventLog, events } = createFarEnd(async () => {
    if (isAway) throw new Error('away')
  })
  const relay = startRelay(eventLog)
  await write(anEvent('ada', 1), anEvent('ada', 2))
  nowMs += 2_000
  await until(() => expect(relay.lagMs()).toBe(2_000))
  await write(anEvent('ada', 3))
  isAway = false
  await until(async () => expect(await countWaiting()).toBe(0))
  expect(events.map((event) => numberOf(event as never))).toEqual([1, 2, 3])
})

test('two relays lose nothing and keep the order of each key', async () => {
  const { eventLog, events } = createFarEnd()
  startRelay(eventLog)
  startRelay(eventLog)
  const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`)
  for (let number = 0; number < 50; number++) await write(...keys.map((key) => anEvent(key, number)))
  await until(async () => expect(await countWaiting()).toBe(0))
  for (const key of keys) {
    const numbers = events.filter((event) => event.key === key).map((event) => numberOf(event as never))
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, number) => number))
  }
})

test('a paused owner is replaced when its lease ends; what it holds it may not remove any more', async () => {
  const paused = Promise.withResolvers<undefined>()
  const zombie = createFarEnd(() => paused.promise)
  const successor = createFarEnd()
  await write(anEvent('ada', 1))
  const first = startRelay(zombie.eventLog)
  await until(async () =>
    expect(await database.reader('relay_leases').where('owner', '<>', '')).toHaveLength(1),
  )
  const second = startRelay(successor.eventLog)
  nowMs += 6_000
  await until(async () => expect(await countWaiting()).toBe(0))
  // The row comes back under its old id, as if the successor had not removed it yet.
  await second.stop()
  await database.transaction((trx) =>
    trx('relay_leases')
      .update({ owner: 'another', until_ms: nowMs + 60_000 })
      .increment('epoch', 1),
  )
  await database.transaction((trx) =>
    trx('outbox').insert({ id: 1, shard: shardOf('ada'), ...row(1), created_at_ms: 0 }),
  )
  paused.resolve(undefined)
  await first.stop()
  expect(zombie.events).toHaveLength(1)
  expect(successor.events).toHaveLength(1)
  expect(await countWaiting()).toBe(1)
})

test('a relay that stops gives its shards back at once', async () => {
  const [one, two] = [createFarEnd(), createFarEnd()]
  await write(anEvent('ada', 1))
  const first = startRelay(one.eventLog)
  await until(() => expect(one.events).toHaveLength(1))
  await first.stop()
  await first.stop()
  await write(anEvent('ada', 2))
  startRelay(two.eventLog)
  await until(() => expect(two.events).toHaveLength(1))
})

test('at rest the relay only reads', async () => {
  const { eventLog, events } = createFarEnd()
  let transactions = 0
  const counted: Database = {
    ...database,
    transaction: (work) => {
      transactions++
      return database.transaction(work)
    },
  }
  const relay = createOutboxRelay({ database: counted, eventLog, clock, log })
  relays.push(relay)
  relay.start()
  await write(anEvent('ada', 1))
  await until(async () => expect(await countWaiting()).toBe(0))
  expect(events).toHaveLength(1)
  const before = transactions
  let looks = 0
  const looksAgain = async () => {
    relay.nudge()
    await countWaiting()
    expect(++looks).toBeGreaterThan(20)
  }
  await until(looksAgain)
  expect(transactions).toBe(before)
})

test('keys spread over all shards, always the same way', () => {
  const shards = Array.from({ length: 1_000 }, (_, index) => shardOf(`key-${index}`))
  expect(new Set(shards).size).toBe(shardCount)
  expect(shardOf('0195f7a0-0000-7000-8000-000000000001')).toBe(
    shardOf('0195f7a0-0000-7000-8000-000000000001'),
  )
  expect(shardOf('')).toBe(0x811c9dc5 % shardCount)
})

test('nobody waits for a dead owner whose clock ran an hour ahead', async () => {
  const never = Promise.withResolvers<undefined>()
  const [dead, successor] = [createFarEnd(() => never.promise), createFarEnd()]
  const ahead = { now: () => nowMs + 3_600_000 }
  await write(anEvent('ada', 1))
  const first = startRelay(dead.eventLog, ahead)
  await until(async () =>
    expect(await database.reader('relay_leases').where('owner', '<>', '')).toHaveLength(1),
  )
  startRelay(successor.eventLog)
  await until(() => expect(successor.events).toHaveLength(1))
  never.resolve(undefined)
  await first.stop()
})

test('an owner whose clock stands still finds out that it was replaced, and sends nothing again and again', async () => {
  const { eventLog, events } = createFarEnd()
  const relay = startRelay(eventLog)
  await write(anEvent('ada', 1))
  await until(async () => expect(await countWaiting()).toBe(0))
  await database.transaction((trx) =>
    trx('relay_leases')
      .update({ owner: 'another', until_ms: nowMs + 8_000 })
      .increment('epoch', 1),
  )
  await write(anEvent('ada', 2))
  await until(() => expect(events).toHaveLength(2))
  let looks = 0
  await until(async () => {
    relay.nudge()
    await countWaiting()
    expect(++looks).toBeGreaterThan(20)
  })
  expect(events).toHaveLength(2)
  expect(await countWaiting()).toBe(1)
})
