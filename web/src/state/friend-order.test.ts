import type { Friend } from '@our-now/contracts/people.ts'
import { expect, test } from 'vitest'
import { sortFriends } from './friend-order.ts'

const friend = (displayName: string): Friend => ({
  profile: { userId: displayName, handle: 'x', displayName, statusMessage: '' },
  isFavourite: false,
  isHidden: false,
  addedAt: 1,
})
const sorted = (names: readonly string[]) =>
  sortFriends(names.map(friend)).map(({ profile }) => profile.displayName)

test('Hangul comes first in 가나다 order, then letters, then everything else', () => {
  expect(sorted(['bob', '하나', '1st', 'Ada', '가을', '나래', '🙂', 'Éva', '다온'])).toEqual([
    '가을',
    '나래',
    '다온',
    '하나',
    'Ada',
    'bob',
    'Éva',
    '1st',
    '🙂',
  ])
})

test('a name written in single letters of Hangul is Hangul', () => {
  expect(sorted(['a', '하', 'ㅋㅋ'])).toEqual(['ㅋㅋ', '하', 'a'])
})

test('decomposed and composed spellings sort alike', () => {
  expect(sorted(['나', '가'.normalize('NFD')])[0]?.normalize('NFC')).toBe('가')
})
