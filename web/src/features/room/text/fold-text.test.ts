import { expect, test } from 'vitest'
import { foldGraphemes, foldText } from './fold-text.ts'

test('a text that fits is not folded', () => {
  expect(foldText('안녕')).toBeUndefined()
  expect(foldText('가'.repeat(500))).toBeUndefined()
  expect(foldText(Array.from({ length: 12 }, () => 'x').join('\n'))).toBeUndefined()
})

test('a long text is cut after 500 characters, never inside one', () => {
  expect(foldText('가'.repeat(501))).toBe('가'.repeat(500))
  const family = '👨‍👩‍👧‍👦'
  expect(foldText(family.repeat(600))).toBe(family.repeat(foldGraphemes))
})

test('a text of many lines is cut after 12 of them', () => {
  const text = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\n')
  expect(foldText(text)?.split('\n').at(-1)).toBe('line 12')
})
