import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { expect, test } from 'vitest'
import { roomEventsReceived, userEventsReceived } from './log-actions.ts'
import { badgeText, unreadOf } from './room-selectors.ts'
import { readMarked, roomListCompleted, roomsLoaded, roomsReducer, roomUpdated } from './rooms-slice.ts'
import { adaId, aMessage, aMessageEvent, aProfile, aRoom, benId } from './testing/builders.ts'

const withRoom = (room = aRoom()) => roomsReducer(undefined, roomsLoaded({ rooms: [room] }))
const received = (...events: RoomEvent[]) => roomEventsReceived({ roomId: 'room', events, myUserId: adaId })
const told = (
  ...events: (UserEvent extends infer E
    ? E extends UserEvent
      ? Omit<E, 'userId' | 'seq' | 'at'>
      : never
    : never)[]
) =>
  userEventsReceived({
    events: events.map((event, seq) => ({ ...event, userId: adaId, seq, at: 1 })),
  })
const badge = (state: ReturnType<typeof withRoom>) => unreadOf(state.rooms['room'] ?? aRoom())

test('messages of others raise the badge, each once', () => {
  let state = roomsReducer(withRoom(), received(aMessageEvent({ seq: 2 }), aMessageEvent({ seq: 3 })))
  state = roomsReducer(state, received(aMessageEvent({ seq: 3 })))
  expect(badge(state)).toBe(2)
  expect(state.rooms['room']).toMatchObject({ head: 3, activeAt: 3_000, lastMessage: { seq: 3 } })
})

test('joins, renames and deletions do not count', () => {
  const base = { roomId: 'room', at: 9, actorId: benId }
  const state = roomsReducer(
    withRoom(),
    received(
      aMessageEvent({ seq: 2 }),
      { ...base, seq: 3, kind: 'members-joined', members: [aProfile('cho')] },
      { ...base, seq: 4, kind: 'room-renamed', name: '여행' },
      { ...base, seq: 5, kind: 'message-deleted', targetSeq: 2 },
    ),
  )
  expect(badge(state)).toBe(1)
  expect(state.rooms['room']).toMatchObject({
    name: '여행',
    memberCount: 3,
    lastMessage: { text: '', deletedAt: 9 },
  })
})

test('my own message is read by me, but not what others wrote before it', () => {
  expect(badge(roomsReducer(withRoom(), received(aMessageEvent({ seq: 2, authorId: adaId }))))).toBe(0)
  const behind = roomsReducer(
    withRoom(),
    received(aMessageEvent({ seq: 2 }), aMessageEvent({ seq: 3, authorId: adaId })),
  )
  expect(badge(behind)).toBe(1)
})

test('reading here clears the badge at once; reading on another device does so by my log', () => {
  const unread = roomsReducer(withRoom(), received(aMessageEvent({ seq: 2 }), aMessageEvent({ seq: 3 })))
  expect(badge(roomsReducer(unread, readMarked({ roomId: 'room', seq: 3 })))).toBe(0)
  const elsewhere = told({ kind: 'cursor-moved', roomId: 'room', readSeq: 2, readOrdinal: 1 })
  expect(badge(roomsReducer(unread, elsewhere))).toBe(1)
})

test('a summary that was on its way does not bring a badge back', () => {
  const late = aRoom({ head: 3, lastOrdinal: 2, lastMessage: aMessage({ seq: 3 }) })
  const read = roomsReducer(withRoom(late), readMarked({ roomId: 'room', seq: 3 }))
  expect(badge(roomsReducer(read, roomUpdated(late)))).toBe(0)
})

test('an older summary does not turn the room back, but brings mute and pin', () => {
  const state = roomsReducer(withRoom(), received(aMessageEvent({ seq: 2 })))
  const old = aRoom({ membership: { ...aRoom().membership, isMuted: true } })
  const after = roomsReducer(state, roomUpdated(old))
  expect(after.rooms['room']).toMatchObject({ head: 2, lastOrdinal: 1, membership: { isMuted: true } })
})

test('rooms that no page of the list has are gone, rooms joined meanwhile stay', () => {
  let state = roomsReducer(
    withRoom(),
    roomsLoaded({ rooms: [aRoom({ roomId: 'left' }), aRoom({ roomId: 'new' })] }),
  )
  state = roomsReducer(state, roomListCompleted({ roomIds: ['room', 'new'] }))
  expect(Object.keys(state.rooms)).toEqual(['room', 'new'])
  expect(state.isComplete).toBe(true)
})

test('my log keeps the list the same on every device, also when told twice', () => {
  const events = [
    { kind: 'room-joined', room: aRoom({ roomId: 'other' }) },
    { kind: 'membership-changed', roomId: 'other', isMuted: true, isPinned: true },
    { kind: 'room-left', roomId: 'room' },
  ] as const
  const once = roomsReducer(withRoom(), told(...events))
  expect(Object.keys(once.rooms)).toEqual(['other'])
  expect(once.rooms['other']?.membership).toMatchObject({ isMuted: true, isPinned: true })
  expect(roomsReducer(once, told(...events.slice(1)))).toEqual(once)
})

test('the badge ends at 300+', () => {
  expect([0, 1, 300, 301].map(badgeText)).toEqual(['', '1', '300', '300+'])
})
