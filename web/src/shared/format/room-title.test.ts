import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { expect, test } from 'vitest'
import { otherMembers, roomTitle } from './room-title.ts'

const words = { self: '나와의 채팅', nobody: '대화 상대 없음' }
const person = (userId: string, displayName: string) => ({
  userId,
  handle: userId,
  displayName,
  statusMessage: '',
})
const me = person('me', '나')
const aRoom = (over: Partial<RoomSummary>): RoomSummary => ({
  roomId: 'r',
  kind: 'group',
  name: '',
  memberCount: over.members?.length ?? 1,
  members: [me],
  head: 1,
  lastOrdinal: 0,
  activeAt: 0,
  membership: {
    role: 'member',
    joinedSeq: 1,
    readSeq: 1,
    readOrdinal: 0,
    isMuted: false,
    isPinned: false,
  },
  ...over,
})

test('a named room has its name, the note-to-self room its word', () => {
  expect(roomTitle(aRoom({ name: '등산 모임' }), 'me', words)).toBe('등산 모임')
  expect(roomTitle(aRoom({ kind: 'self' }), 'me', words)).toBe('나와의 채팅')
})

test('a room without a name is called by the others', () => {
  const members = [me, person('a', '민수'), person('b', '지우')]
  expect(roomTitle(aRoom({ members }), 'me', words)).toBe('민수, 지우')
  expect(roomTitle(aRoom({ kind: 'direct', members: members.slice(0, 2) }), 'me', words)).toBe('민수')
})

test('a large room says that there are more', () => {
  const members = [person('a', '민수'), person('b', '지우'), me]
  expect(roomTitle(aRoom({ members, memberCount: 9 }), 'me', words)).toBe('민수, 지우 …')
  expect(roomTitle(aRoom({ members, memberCount: 3 }), 'me', words)).toBe('민수, 지우')
})

test('a group that everybody left says so', () => {
  expect(roomTitle(aRoom({ members: [me] }), 'me', words)).toBe('대화 상대 없음')
})

test('the picture shows the others, and me in my own room', () => {
  expect(otherMembers(aRoom({ members: [me, person('a', '민수')] }), 'me')).toHaveLength(1)
  expect(otherMembers(aRoom({ kind: 'self', members: [me] }), 'me')).toEqual([me])
})
