import { expect, test } from 'vitest'
import { lossPercent, toQuality } from './link-quality.ts'

test('loss is what got lost since the last count', () => {
  expect(lossPercent({ received: 100, lost: 50 }, { received: 190, lost: 60 })).toBe(10)
  expect(lossPercent(undefined, { received: 50, lost: 50 })).toBe(50)
})

test('a stream that rests has no loss, and late packets give none back', () => {
  expect(lossPercent({ received: 100, lost: 5 }, { received: 100, lost: 5 })).toBeUndefined()
  expect(lossPercent({ received: 100, lost: 5 }, { received: 110, lost: 3 })).toBe(0)
})

test('loss and delay both make a link worse', () => {
  expect(toQuality({})).toBe('good')
  expect(toQuality({ lossPercent: 5 })).toBe('weak')
  expect(toQuality({ lossPercent: 1, roundTripMs: 400 })).toBe('weak')
  expect(toQuality({ lossPercent: 20 })).toBe('bad')
  expect(toQuality({ roundTripMs: 900 })).toBe('bad')
})
