import { expect, test } from 'vitest'
import { createStandStill } from './stand-still.ts'

test('a process that goes on after standing still is told of once, and not before it stood long', () => {
  let nowMs = 0
  const stood: number[] = []
  const standStill = createStandStill(
    (ms) => stood.push(ms),
    () => nowMs,
  )
  for (const atMs of [500, 1_000, 4_900]) {
    nowMs = atMs
    expect(standStill.look()).toBe(false)
  }
  nowMs = 9_400
  expect(standStill.look()).toBe(true)
  expect(standStill.look()).toBe(false)
  expect(stood).toEqual([4_500])
})
