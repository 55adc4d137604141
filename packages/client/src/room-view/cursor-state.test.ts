import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import { expect, test } from 'vitest'
import { applyCursorMoves } from './apply-cursor-moves.ts'
import { applyMembership, awaitCursors, loadCursors, readBy } from './cursor-state.ts'

const roomId = 'room'
const ben = { userId: 'ben', handle: 'ben', displayName: 'Ben', statusMessage: '' }
const base = { roomId, at: 1, actorId: 'ben' }
const left = (seq: number): RoomEvent => ({ ...base, seq, kind: 'member-left', member: ben, reason: 'left' })
const joined = (seq: number): RoomEvent => ({ ...base, seq, kind: 'members-joined', members: [ben] })
const snapshot = (change = {}) => ({
  roomId,
  cursorRev: 1,
  asOfSeq: 5,
  cursors: [
    { userId: 'ada', joinedSeq: 1, readSeq: 5 },
    { userId: 'ben', joinedSeq: 1, readSeq: 3 },
  ],
  ...change,
})
const loaded = loadCursors(awaitCursors(roomId, 5), snapshot())
const moveOfBen = (joinedSeq: number, to: number, cursorRev = 2) => ({
  roomId,
  cursorRev,
  fromRev: cursorRev - 1,
  moves: [{ userId: 'ben', joinedSeq, from: 0, to, count: 1 }],
})

test('a late move from before a member came back does not touch the new membership', () => {
  const rejoined = [left(6), joined(9)].reduce(applyMembership, loaded)
  expect(applyCursorMoves(rejoined, moveOfBen(1, 5)).byUser?.['ben']).toEqual({ joinedSeq: 8, readSeq: 8 })
})

test('a late move of somebody who left does not bring them back', () => {
  expect(applyCursorMoves(applyMembership(loaded, left(6)), moveOfBen(1, 5)).byUser?.['ben']).toBeUndefined()
})

test('a move of a new member may come before the join itself', () => {
  const moved = applyCursorMoves(applyMembership(loaded, left(6)), moveOfBen(8, 12))
  expect(applyMembership(moved, joined(9)).byUser?.['ben']).toEqual({ joinedSeq: 8, readSeq: 12 })
})

test('a move that overtakes the snapshot makes it stale, and the next snapshot heals it', () => {
  const overtaken = loadCursors(applyCursorMoves(awaitCursors(roomId, 5), moveOfBen(1, 5)), snapshot())
  expect(overtaken).toMatchObject({ isLoaded: true, isStale: true })
  expect(loadCursors(overtaken, snapshot({ cursorRev: 2 })).isStale).toBe(false)
})

test('a leave that is told before an older snapshot arrives is counted', () => {
  const waiting = applyMembership(awaitCursors(roomId, 5), left(6))
  expect(loadCursors(waiting, snapshot()).byUser?.['ben']).toBeUndefined()
})

test('an older snapshot than the copy changes nothing', () => {
  const moved = applyCursorMoves(loaded, moveOfBen(1, 5))
  expect(loadCursors(moved, snapshot())).toBe(moved)
})

test('my own reading counts at once and never backwards', () => {
  const read = readBy(loaded, 'ben', 5)
  expect(read.byUser?.['ben']?.readSeq).toBe(5)
  expect(readBy(read, 'ben', 4)).toBe(read)
})
