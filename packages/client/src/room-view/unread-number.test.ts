import { expect, test } from 'vitest'
import { awaitCursors, loadCursors } from './cursor-state.ts'
import { createUnreadCounter, unreadNumber } from './unread-number.ts'

const cursors = (list: readonly [userId: string, joinedSeq: number, readSeq: number][]) =>
  loadCursors(awaitCursors('room', 0), {
    roomId: 'room',
    cursorRev: 1,
    asOfSeq: 10,
    cursors: list.map(([userId, joinedSeq, readSeq]) => ({ userId, joinedSeq, readSeq })),
  })

test('a message begins at the number of members but its author', () => {
  const three = cursors([
    ['ada', 1, 1],
    ['ben', 1, 1],
    ['cho', 1, 1],
  ])
  expect(unreadNumber({ seq: 2, authorId: 'ada' }, three)).toBe(2)
})

test('readers are counted off until nothing is left', () => {
  expect(
    unreadNumber(
      { seq: 2, authorId: 'ada' },
      cursors([
        ['ada', 1, 1],
        ['ben', 1, 2],
        ['cho', 1, 1],
      ]),
    ),
  ).toBe(1)
  expect(
    unreadNumber(
      { seq: 2, authorId: 'ada' },
      cursors([
        ['ada', 1, 1],
        ['ben', 1, 2],
        ['cho', 1, 9],
      ]),
    ),
  ).toBe(0)
})

test('whoever joined later never counts for older messages', () => {
  const late = cursors([
    ['ada', 1, 1],
    ['ben', 5, 5],
  ])
  expect(unreadNumber({ seq: 4, authorId: 'ada' }, late)).toBe(0)
  expect(unreadNumber({ seq: 6, authorId: 'ada' }, late)).toBe(1)
})

test('an author who left is not subtracted', () => {
  expect(
    unreadNumber(
      { seq: 4, authorId: 'gone' },
      cursors([
        ['ada', 1, 1],
        ['ben', 1, 1],
      ]),
    ),
  ).toBe(2)
})

test('a message deleted for everyone has no number', () => {
  expect(
    unreadNumber(
      { seq: 4, authorId: 'ada', deletedAt: 9 },
      cursors([
        ['ada', 1, 1],
        ['ben', 1, 1],
      ]),
    ),
  ).toBe(0)
})

test('in a histogram the author is never among those counted, as writing moves the own cursor', () => {
  const many = loadCursors(awaitCursors('room', 0), {
    roomId: 'room',
    cursorRev: 1,
    asOfSeq: 10,
    histogram: [
      { joinedSeq: 1, readSeq: 4, count: 120 },
      { joinedSeq: 1, readSeq: 7, count: 1 },
    ],
  })
  expect(createUnreadCounter(many).numberOf({ seq: 7, authorId: 'ada' })).toBe(120)
})
