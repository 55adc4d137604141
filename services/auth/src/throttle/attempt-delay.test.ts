import { expect, test } from 'vitest'
import { delayAfter } from './attempt-delay.ts'

const policy = { freeFailures: 5, maxDelayMs: 60_000 }
const failures = (count: number) => Array.from({ length: count }, (_, index) => index * 10)

test('the first five failures cost nothing, then the wait doubles up to its bound', () => {
  expect(delayAfter(policy, [], 0)).toBe(0)
  expect(delayAfter(policy, failures(4), 30)).toBe(0)
  expect([5, 6, 7, 8].map((count) => delayAfter(policy, failures(count), (count - 1) * 10))).toEqual([
    1_000, 2_000, 4_000, 8_000,
  ])
  expect(delayAfter(policy, failures(400), 3_990)).toBe(60_000)
})

test('the wait counts from the last failure, whatever their order', () => {
  expect(delayAfter(policy, [500, 100, 200, 300, 400], 900)).toBe(600)
  expect(delayAfter(policy, [500, 100, 200, 300, 400], 1_500)).toBe(0)
})
