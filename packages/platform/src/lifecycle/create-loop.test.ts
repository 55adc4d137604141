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
