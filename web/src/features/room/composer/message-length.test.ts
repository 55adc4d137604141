import { expect, test } from 'vitest'
import { countGraphemes, measureMessage } from './message-length.ts'

test('counts as people do: a family and a decomposed syllable are one each', () => {
  expect(countGraphemes('👨‍👩‍👧‍👦')).toBe(1)
  expect(countGraphemes('한'.normalize('NFD'))).toBe(1)
  expect(countGraphemes('🇰🇷한글')).toBe(3)
})

test('a blank text is nothing to send', () => {
  expect(measureMessage(' \n\t').isBlank).toBe(true)
  expect(measureMessage(' a ').isBlank).toBe(false)
})

test('the counter shows near the limit only', () => {
  expect(measureMessage('가'.repeat(9_000)).left).toBeUndefined()
  expect(measureMessage('가'.repeat(9_990))).toEqual({ isBlank: false, isTooLong: false, left: 10 })
  expect(measureMessage('가'.repeat(10_000)).isTooLong).toBe(false)
  expect(measureMessage('가'.repeat(10_003))).toEqual({ isBlank: false, isTooLong: true, left: -3 })
})

test('few graphemes of many units are too long as well', () => {
  expect(measureMessage('👨‍👩‍👧‍👦'.repeat(3_700)).isTooLong).toBe(true)
})
