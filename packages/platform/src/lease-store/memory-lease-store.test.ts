import { expect, test } from 'vitest'
import { describeLeaseStore } from './lease-store.suite.ts'
import { createLogger } from '../logging/logger.ts'
import { createMemoryLeaseStore } from './memory-lease-store.ts'
import { openLeaseStore } from './open-lease-store.ts'

const log = createLogger('silent')

function createClock() {
  let nowMs = 1_000_000
  return {
    now: () => nowMs,
    pass: async (ms: number) => {
      nowMs += ms
    },
  }
}

describeLeaseStore('memory', async () => {
  const clock = createClock()
  return { clock, pass: clock.pass, open: (some) => openLeaseStore('memory:', { clock: some, log }) }
})

test('another scheme is refused with the setting in the sentence', async () => {
  await expect(openLeaseStore('pigeon://x', { clock: createClock(), log })).rejects.toThrow(
    /^LEASE_STORE_URL: .*"pigeon"/,
  )
})

test('leases are bounded: one more is refused until some have ended', async () => {
  const clock = createClock()
  const store = createMemoryLeaseStore({ clock, maxLeases: 2 })
  await store.hold('a', '1', 1_000)
  await store.hold('a', '2', 1_000)
  await store.hold('a', '2', 1_000)
  await expect(store.hold('b', '1', 1_000)).rejects.toMatchObject({ code: 'overloaded' })
  await clock.pass(1_000)
  expect(await store.hold('b', '1', 1_000)).toEqual({ wasEmpty: true })
})

test('buckets are bounded: the one that rested longest gives way', async () => {
  const store = createMemoryLeaseStore({ clock: createClock(), maxBuckets: 2 })
  const budget = { perSecond: 1, burst: 1 }
  for (const key of ['a', 'b', 'c']) expect(await store.take(key, budget)).toBe(0)
  expect(await store.take('c', budget)).toBeGreaterThan(0)
  expect(await store.take('a', budget)).toBe(0)
})

test('a clock that goes backwards gives nothing away and breaks nothing', async () => {
  const clock = createClock()
  const store = createMemoryLeaseStore({ clock })
  const budget = { perSecond: 1, burst: 1 }
  await store.take('a', budget)
  await clock.pass(-60_000)
  expect(await store.take('a', budget)).toBe(1_000)
})
