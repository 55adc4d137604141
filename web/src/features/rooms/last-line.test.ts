import type { Message, RoomSummary } from '@our-now/contracts/rooms.ts'
import { expect, test } from 'vitest'
import { lastLineOf } from './last-line.ts'

const message = (over: Partial<Message>): Message => ({
  roomId: 'r',
  seq: 2,
  ordinal: 1,
  authorId: 'ada',
  clientMessageId: 'c',
  sentAt: 1,
  text: 'hello',
  ...over,
})
const aRoom = (lastMessage?: Message): RoomSummary => ({
  roomId: 'r',
  kind: 'group',
  name: '',
  memberCount: 2,
  members: [],
  head: 2,
  lastOrdinal: 1,
  ...(lastMessage && { lastMessage }),
  activeAt: 0,
  membership: { role: 'member', joinedSeq: 1, readSeq: 1, readOrdinal: 0, isMuted: false, isPinned: false },
})

test('a room without messages has no line', () => {
  expect(lastLineOf(aRoom(), 'me')).toEqual({ kind: 'none' })
})

test('line breaks become spaces and very long texts are cut', () => {
  expect(lastLineOf(aRoom(message({ text: ' one\n\ntwo\tthree ' })), 'me')).toEqual({
    kind: 'text',
    text: 'one two three',
    isMine: false,
  })
  const long = lastLineOf(aRoom(message({ text: '가'.repeat(9000) })), 'me')
  expect(long.kind === 'text' && long.text.length).toBe(160)
})

test('a deleted message says only that', () => {
  expect(lastLineOf(aRoom(message({ text: '', deletedAt: 5 })), 'me')).toEqual({ kind: 'deleted' })
})

test('my own line is marked, except in the note-to-self room', () => {
  expect(lastLineOf(aRoom(message({ authorId: 'me' })), 'me')).toMatchObject({ isMine: true })
  expect(lastLineOf({ ...aRoom(message({ authorId: 'me' })), kind: 'self' }, 'me')).toMatchObject({
    isMine: false,
  })
})

test('the end of a group call is the line until something is said after it', () => {
  const lastCall = { callId: 'c', seq: 3, endedAt: 9, isVideo: true, durationMs: 61_000 }
  const room = { ...aRoom(message({ seq: 2 })), lastCall }
  expect(lastLineOf(room, 'me')).toMatchObject({ kind: 'call', call: { isVideo: true, durationMs: 61_000 } })
  expect(lastLineOf({ ...aRoom(), lastCall }, 'me')).toMatchObject({ kind: 'call' })
  expect(lastLineOf({ ...room, lastMessage: message({ seq: 4 }) }, 'me')).toMatchObject({ kind: 'text' })
})
