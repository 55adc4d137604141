import { expect, test } from 'vitest'
import { createBucket, takeFrom } from './token-bucket.ts'

const budget = { perSecond: 5, burst: 20 }

test('the burst is there at once, then the rate', () => {
  const bucket = createBucket(budget, 0)
  for (let n = 0; n < 20; n++) expect(takeFrom(bucket, budget, 0)).toBe(0)
  expect(takeFrom(bucket, budget, 0)).toBe(200)
  expect(takeFrom(bucket, budget, 100)).toBe(100)
  expect(takeFrom(bucket, budget, 200)).toBe(0)
})

test('a refused take costs nothing, and a rest never fills beyond the burst', () => {
  const bucket = createBucket(budget, 0)
  expect(takeFrom(bucket, budget, 0, 21)).toBeGreaterThan(0)
  expect(takeFrom(bucket, budget, 0, 20)).toBe(0)
  expect(takeFrom(bucket, budget, 3_600_000, 20)).toBe(0)
  expect(takeFrom(bucket, budget, 3_600_000)).toBe(200)
})

test('a clock that goes back gives nothing away', () => {
  const bucket = createBucket(budget, 10_000)
  expect(takeFrom(bucket, budget, 10_000, 20)).toBe(0)
  expect(takeFrom(bucket, budget, 0)).toBe(200)
})
