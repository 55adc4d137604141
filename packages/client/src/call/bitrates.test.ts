import { expect, test } from 'vitest'
import { fullPictureBps, layerForHeight } from './bitrates.ts'

test('a small tile is filled by the small picture, a whole screen by the full one', () => {
  expect([90, 180, 225, 226, 360, 450, 451, 1080].map(layerForHeight)).toEqual([0, 0, 0, 1, 1, 1, 2, 2])
})

test('the more people are in a call, the less each sends', () => {
  const caps = [2, 4, 9, 16].map(fullPictureBps)
  expect(caps).toEqual(caps.toSorted((one, other) => other - one))
  expect(new Set(caps).size).toBe(4)
})
