import type { Admirer, Friend } from '@our-now/contracts/people.ts'
import { expect, test } from 'vitest'
import { buildFriendList } from './friend-list.ts'

const profile = (displayName: string) => ({
  userId: displayName,
  handle: `id-${displayName}`,
  displayName,
  statusMessage: '',
})
const aFriend = (name: string): Friend => ({
  profile: profile(name),
  isFavourite: false,
  isHidden: false,
  addedAt: 0,
})
const anAdmirer = (name: string): Admirer => ({ profile: profile(name), addedAt: 0 })
const linesOf = (lists: Parameters<typeof buildFriendList>[0], query = '') =>
  buildFriendList(lists, query).map((item) =>
    item.kind === 'heading' ? `${item.section} ${item.count}` : item.key,
  )

const lists = {
  favourites: [aFriend('민수')],
  friends: [aFriend('가람'), aFriend('지우')],
  admirers: [anAdmirer('하늘')],
}

test('sections come in order, each with its count', () => {
  expect(linesOf(lists)).toEqual(['admirers 1', '하늘', 'favourites 1', '민수', 'friends 2', '가람', '지우'])
})

test('a section without anybody has no heading', () => {
  expect(linesOf({ favourites: [], friends: [aFriend('지우')], admirers: [] })).toEqual(['friends 1', '지우'])
  expect(linesOf({ favourites: [], friends: [], admirers: [] })).toEqual([])
})

test('searching keeps the sections and finds by 초성 and by id', () => {
  expect(linesOf(lists, 'ㅈㅇ')).toEqual(['friends 1', '지우'])
  expect(linesOf(lists, 'id-민')).toEqual(['favourites 1', '민수'])
})
