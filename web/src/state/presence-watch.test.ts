import { expect, test, vi } from 'vitest'
import { createPresenceWatch } from './presence-watch.tsx'

test('tells the union of all watchers once it has settled, and nothing when nothing changed', () => {
  vi.useFakeTimers()
  const told: (readonly string[])[] = []
  const watch = createPresenceWatch((userIds) => told.push(userIds), 200)
  const stopList = watch.add(['b', 'a'])
  const stopSheet = watch.add(['a', 'c'])
  expect(told).toEqual([])
  vi.advanceTimersByTime(200)
  expect(told).toEqual([['a', 'b', 'c']])
  stopSheet()
  stopSheet()
  watch.add(['c'])
  vi.advanceTimersByTime(200)
  expect(told).toHaveLength(1)
  stopList()
  vi.advanceTimersByTime(200)
  expect(told.at(-1)).toEqual(['c'])
  vi.useRealTimers()
})
