import { expect, test } from 'vitest'
import { planFaults, type PlanOptions } from './plan-faults.ts'

const options: PlanOptions = {
  seed: 7,
  forMs: 28_000,
  everyMs: 1_500,
  mostAtOnce: 3,
  edges: ['gateway-1>chat-1', 'chat-1>mariadb', 'clients>gateway-1'],
  canFillDisk: true,
}

test('the same seed gives the same plan, another one another', () => {
  expect(planFaults(options)).toEqual(planFaults(options))
  expect(planFaults({ ...options, seed: 8 })).not.toEqual(planFaults(options))
})

test('never more at once than allowed, and all of them begin in time', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const faults = planFaults({ ...options, seed })
    for (const { atMs } of faults) {
      const going = faults.filter((one) => one.atMs <= atMs && one.atMs + one.lastsMs > atMs)
      expect(going.length).toBeLessThanOrEqual(3)
      expect(atMs).toBeLessThan(options.forMs)
    }
  }
})

test('over many seeds every kind of fault comes, often enough for the campaign', () => {
  const faults = Array.from({ length: 120 }, (_, seed) => planFaults({ ...options, seed })).flat()
  expect(faults.length).toBeGreaterThan(2_000)
  expect([...new Set(faults.map(({ kind }) => kind))].toSorted()).toEqual([
    'blackhole',
    'clock-jump',
    'delay',
    'disk-full',
    'half-open',
    'kill',
    'pause',
    'pubsub-kill',
    'rate',
    'read-only',
    'reset',
    'rolling-restart',
    'small-buffers',
    'transaction-kill',
    'truncate',
  ])
})
