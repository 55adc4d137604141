import type { Line } from '@our-now/client/room-view/timeline.ts'
import { expect, test } from 'vitest'
import { announcementOf, newcomers, spoken } from './announce.ts'

const aLine = (seq: number, authorId: string, deletedAt?: number): Line => ({
  kind: 'message',
  seq,
  message: {
    roomId: 'r',
    seq,
    ordinal: seq,
    authorId,
    clientMessageId: `c-${seq}`,
    sentAt: 0,
    text: `text ${seq}`,
    ...(deletedAt !== undefined && { deletedAt }),
  },
})
const isMe = (authorId: string) => authorId === 'me'
const words = {
  one: ({ authorId, text }: { authorId: string; text: string }) => `${authorId}: ${text}`,
  many: (count: number) => `${count} messages`,
}

test('only what came after the last told line is new, and mine is not', () => {
  const lines = [aLine(1, 'ada'), aLine(2, 'ada'), aLine(3, 'me'), aLine(4, 'ada', 9), aLine(5, 'bob')]
  expect(newcomers(lines, 1, isMe).map((message) => message.seq)).toEqual([2, 5])
  expect(newcomers(lines, 5, isMe)).toEqual([])
})

test('two are spoken, a burst is counted', () => {
  const at = (...seqs: number[]) =>
    newcomers(
      seqs.map((seq) => aLine(seq, 'ada')),
      0,
      isMe,
    )
  expect(announcementOf(at(1, 2), words)).toBe('ada: text 1\nada: text 2')
  expect(announcementOf(at(1, 2, 3), words)).toBe('3 messages')
  expect(announcementOf([], words)).toBe('')
})

test('what is spoken is one line of bounded length', () => {
  expect(spoken('a\n\nb')).toBe('a b')
  expect(spoken('x'.repeat(5_000))).toHaveLength(200)
})
