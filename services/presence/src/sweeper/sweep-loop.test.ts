import { createMemoryLeaseStore } from '@our-now/platform/lease-store/memory-lease-store.ts'
import { createFakeClock } from '@our-now/testkit/fake-clock.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { expect, onTestFinished, test } from 'vitest'
import { createSoleOwner } from './sole-owner.ts'
import { createSweepLoop } from './sweep-loop.ts'

test('a store that began anew gives gateways the time to renew before anybody is looked for', async () => {
  const clock = createFakeClock()
  const leaseStore = createMemoryLeaseStore({ clock })
  const swept: string[] = []
  const note = (what: string) => async (): Promise<void> => void swept.push(what)
  const loop = createSweepLoop({
    sweeper: {
      sweepChanged: note('changed'),
      sweepAll: note('all'),
      forget: () => void swept.push('forget'),
      writeShown: note('shown'),
    },
    owner: createSoleOwner('sweeper', { leaseStore, clock, ttlMs: 600_000 }),
    clock,
    log: createTestLog(),
    intervalMs: 1,
    fullIntervalMs: 10,
  })
  onTestFinished(() => loop.stop())
  const takeNext = async (count: number): Promise<string[]> => {
    swept.length = 0
    await waitUntil(() => swept.length >= count)
    return swept.slice(0, count)
  }
  loop.start()
  expect(await takeNext(2)).toEqual(['forget', 'all'])

  // All of it is gone, as after a restart of Redis.
  await leaseStore.close()
  const onlyChanged = ['changed', 'changed', 'changed', 'changed']
  expect(await takeNext(4)).toEqual(onlyChanged)
  clock.advance(20_000)
  expect(await takeNext(4)).toEqual(onlyChanged)
  clock.advance(10_000)
  await waitUntil(() => swept.includes('all'))
})
