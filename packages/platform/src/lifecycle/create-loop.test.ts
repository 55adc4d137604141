import { expect, test, vi } from 'vitest'
import { createLoop } from './create-loop.ts'

test('it goes on at once while there is more, then waits for a nudge', async () => {
  let left = 3
  let turns = 0
  const loop = createLoop({
    run: async () => {
      turns++
      return --left > 0
    },
    idleMs: 60_000,
    onError: () => undefined,
  })
  loop.start()
  loop.start()
  await vi.waitFor(() => expect(turns).toBe(3))
  loop.nudge()
  await vi.waitFor(() => expect(turns).toBe(4))
  await loop.stop()
  await loop.stop()
  loop.nudge()
  expect(turns).toBe(4)
})

test('a nudge during a turn is another turn', async () => {
  let turns = 0
  const loop = createLoop({
    run: async () => {
      if (++turns === 1) loop.nudge()
      return false
    },
    idleMs: 60_000,
    onError: () => undefined,
  })
  loop.start()
  await vi.waitFor(() => expect(turns).toBe(2))
  await loop.stop()
})

test('nudges that come in a stream gather: turns keep their gap', async () => {
  const startedAt: number[] = []
  const loop = createLoop({
    run: async () => {
      startedAt.push(performance.now())
      loop.nudge()
      return false
    },
    idleMs: 60_000,
    gapMs: 20,
    onError: () => undefined,
  })
  loop.start()
  await vi.waitFor(() => expect(startedAt.length).toBeGreaterThan(4))
  await loop.stop()
  const gaps = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0))
  // Timers may fire a millisecond early.
  expect(Math.min(...gaps)).toBeGreaterThan(18)
})

test('a gap does not hold up what is more to do, nor the stop', async () => {
  let left = 5
  const loop = createLoop({
    run: async () => --left > 0,
    idleMs: 60_000,
    gapMs: 60_000,
    onError: () => undefined,
  })
  loop.start()
  await vi.waitFor(() => expect(left).toBe(0))
  loop.nudge()
  await loop.stop()
  expect(left).toBe(0)
})

test('failures are told with their number in a row and do not end it', async () => {
  const told: number[] = []
  let turns = 0
  const loop = createLoop({
    run: async () => {
      if (++turns <= 2) throw new Error('away')
      return false
    },
    idleMs: 60_000,
    onError: (_, failures) => told.push(failures),
  })
  loop.start()
  await vi.waitFor(() => expect(turns).toBe(3), { timeout: 3_000 })
  expect(told).toEqual([1, 2])
  await loop.stop()
})

test('stopping before it started is fine', async () => {
  await createLoop({ run: async () => false, idleMs: 1, onError: () => undefined }).stop()
})
