import type { NoticeEvent } from '@our-now/client/room-view/timeline.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import { expect, test } from 'vitest'
import { createI18n } from '../../../shared/i18n/create-i18n.ts'
import { noticeText } from './notice-text.ts'
import { typingText } from './typing-text.ts'

const ko = createI18n('ko').t
const en = createI18n('en').t
const names: Record<string, string> = { ada: '지수', bob: '민준' }
const nameOf = (userId: string) => names[userId] ?? '?'
const aProfile = (userId: string, displayName = nameOf(userId)): Profile => ({
  userId,
  handle: userId,
  displayName,
  statusMessage: '',
})
const base = { roomId: 'r', seq: 1, at: 0, actorId: 'ada' } as const
const say = (event: NoticeEvent, t = ko) => noticeText(event, nameOf, t)

test('who came by themselves and who was invited', () => {
  const joined = (members: Profile[]): NoticeEvent => ({ ...base, kind: 'members-joined', members })
  expect(say(joined([aProfile('ada')]))).toBe('지수님이 들어왔습니다.')
  expect(say(joined([aProfile('bob')]))).toBe('지수님이 민준님을 초대했습니다.')
  expect(say(joined([aProfile('bob')]), en)).toBe('지수 invited 민준.')
  const many = Array.from({ length: 7 }, (_, index) => aProfile(`p${index}`, `사람${index}`))
  expect(say(joined(many))).toContain('외 3명')
})

test('who left and who was removed', () => {
  const left = (reason: 'left' | 'removed', actorId: string): NoticeEvent => ({
    ...base,
    actorId,
    kind: 'member-left',
    member: aProfile('bob'),
    reason,
  })
  expect(say(left('left', 'bob'))).toBe('민준님이 나갔습니다.')
  expect(say(left('removed', 'ada'))).toBe('지수님이 민준님을 내보냈습니다.')
})

test('a new name takes the particle that it sounds like', () => {
  const named = (name: string): NoticeEvent => ({ ...base, kind: 'room-renamed', name })
  expect(say(named('주말 산책'))).toBe('지수님이 채팅방 이름을 ‘주말 산책’으로 바꿨습니다.')
  expect(say(named('우리 가족 모두'))).toBe('지수님이 채팅방 이름을 ‘우리 가족 모두’로 바꿨습니다.')
  expect(say(named(''))).toBe('지수님이 채팅방 이름을 지웠습니다.')
})

test('who is typing: one, two, many', () => {
  expect(typingText(['지수'], ko)).toBe('지수님이 입력 중')
  expect(typingText(['지수', '민준'], ko)).toBe('지수님과 민준님이 입력 중')
  expect(typingText(['a', 'b', 'c'], ko)).toBe('3명이 입력 중')
  expect(typingText([], ko)).toBe('')
})
