import { expect, test } from 'vitest'
import { matchesText } from './match-text.ts'

test('finds a part of a name in any case and spacing', () => {
  expect(matchesText('Kim Minsu', 'mins')).toBe(true)
  expect(matchesText('김 민수', '김민')).toBe(true)
  expect(matchesText('김민수', '지우')).toBe(false)
})

test('finds by first consonants', () => {
  expect(matchesText('김민수', 'ㄱㅁㅅ')).toBe(true)
  expect(matchesText('김민수', 'ㅁㅅ')).toBe(true)
  expect(matchesText('김민수', 'ㅈㅇ')).toBe(false)
  expect(matchesText('우리 가족', 'ㅇㄹㄱ')).toBe(true)
})

test('keeps matching while the last syllable is typed', () => {
  expect(matchesText('김민수', '김ㅁ')).toBe(true)
  expect(matchesText('김민수', '김민ㅅ')).toBe(true)
  expect(matchesText('김민수', '김ㅅ')).toBe(false)
})

test('nothing typed matches everything; decomposed text is the same text', () => {
  expect(matchesText('김민수', '')).toBe(true)
  expect(matchesText('김민수'.normalize('NFD'), '민수')).toBe(true)
})
