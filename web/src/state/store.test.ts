import { afterEach, expect, test, vi } from 'vitest'
import { selectLines, selectPending, selectUnreadCounter } from './message-selectors.ts'
import { loadNewest, loadOlder } from './message-thunks.ts'
import { closeRoom, openRoom } from './open-room.ts'
import { selectFavourites, selectFriends } from './people-selectors.ts'
import { selectRoomList, selectUnread } from './room-selectors.ts'
import { createStore } from './store.ts'
import { adaId, aFriend, aMessage, aMessageEvent, aProfile, aRoom, benId } from './testing/builders.ts'
import { createFakeClient } from './testing/fake-client.ts'

const me = { ...aProfile(adaId), presenceVisible: true }
const page = (seqs: readonly number[], change = {}) => ({
  messages: seqs.map((seq) => aMessage({ seq })),
  notices: [],
  asOfSeq: seqs.at(-1) ?? 0,
  hasBefore: false,
  hasAfter: false,
  ...change,
})

/** Somebody signed in, with these rooms. */
async function started(answers: Parameters<typeof createFakeClient>[0] = {}) {
  const fake = createFakeClient({
    getMyProfile: async () => me,
    listRooms: async () => ({ rooms: [aRoom()], userHead: 7 }),
    listFriends: async () => ({ friends: [] }),
    listBlocks: async () => ({ blocks: [] }),
    listAdmirers: async () => ({ admirers: [] }),
    listMembers: async () => ({ members: [] }),
    listMessages: async () => page([2, 3]),
    ...answers,
  })
  const store = createStore({ client: fake.client })
  fake.tell('session-changed', { status: 'signed-in', session: fake.session, displayName: 'Ada' })
  await vi.waitFor(() => expect(store.getState().people.status).toBe('ready'))
  return { ...fake, store }
}

/** A page that somebody looks at, or not. */
function look(isLooked: boolean): void {
  vi.stubGlobal(
    'document',
    Object.assign(new EventTarget(), { visibilityState: 'visible', hasFocus: () => isLooked }),
  )
  vi.stubGlobal('window', new EventTarget())
}
afterEach(() => vi.unstubAllGlobals())

test('opening the app costs the same requests however many rooms there are', async () => {
  const rooms = Array.from({ length: 100 }, (_, n) => aRoom({ roomId: `r${n}` }))
  const { calls, argsOf } = await started({ listRooms: async () => ({ rooms, userHead: 7 }) })
  await vi.waitFor(() => expect(argsOf('listAdmirers')).toHaveLength(1))
  const requests = calls.map(({ name }) => name).filter((name) => /^(get|list)/.test(name))
  expect(requests.toSorted()).toEqual([
    'getMyProfile',
    'listAdmirers',
    'listBlocks',
    'listFriends',
    'listRooms',
  ])
})

test('my log is followed from before everything that it is applied over', async () => {
  const { calls } = await started()
  const order = calls.map(({ name }) => name)
  expect(order.indexOf('user.follow')).toBeLessThan(order.indexOf('listFriends'))
  expect(order.indexOf('user.follow')).toBeLessThan(order.indexOf('getMyProfile'))
})

test('friends are in order: favourites apart, hidden and blocked ones left out', async () => {
  const { store, tell } = await started({
    listFriends: async () => ({
      friends: [
        aFriend('나래'),
        aFriend('가을'),
        aFriend('다온', { isFavourite: true }),
        aFriend('숨김', { isHidden: true }),
        aFriend('차단'),
      ],
    }),
  })
  const block = { profile: aProfile('차단'), level: 'messages' as const, blockedAt: 1 }
  tell('user-events', { events: [{ userId: adaId, seq: 8, at: 1, kind: 'block-changed', block }] })
  expect(selectFavourites(store.getState()).map(({ profile }) => profile.userId)).toEqual(['다온'])
  expect(selectFriends(store.getState()).map(({ profile }) => profile.userId)).toEqual(['가을', '나래'])
})

test('a friend that my log told of while the list was on its way stays', async () => {
  let answer: (page: { friends: [] }) => void = () => undefined
  const listFriends = () => new Promise<{ friends: [] }>((resolve) => (answer = resolve))
  const fake = createFakeClient({
    getMyProfile: async () => me,
    listRooms: async () => ({ rooms: [], userHead: 7 }),
    listFriends,
  })
  const store = createStore({ client: fake.client })
  fake.tell('session-changed', { status: 'signed-in', session: fake.session, displayName: 'Ada' })
  await vi.waitFor(() => expect(fake.argsOf('listFriends')).toHaveLength(1))
  const friend = aFriend(benId)
  fake.tell('user-events', { events: [{ userId: adaId, seq: 8, at: 1, kind: 'friend-changed', friend }] })
  answer({ friends: [] })
  await vi.waitFor(() => expect(store.getState().people.status).toBe('ready'))
  expect(selectFriends(store.getState()).map(({ profile }) => profile.userId)).toEqual([benId])
})

test('a 1:1 room in which nothing was said is not listed until something is', async () => {
  const empty = aRoom({ roomId: 'room', kind: 'direct' })
  const { store, tell } = await started({ listRooms: async () => ({ rooms: [empty], userHead: 7 }) })
  expect(selectRoomList(store.getState())).toEqual([])
  tell('room-events', { roomId: 'room', events: [aMessageEvent({ seq: 2 })] })
  expect(selectRoomList(store.getState()).map(({ roomId }) => roomId)).toEqual(['room'])
})

test('an open room that is looked at is read as messages come', async () => {
  look(true)
  const { store, tell, argsOf } = await started()
  await store.dispatch(openRoom('room'))
  tell('room-events', { roomId: 'room', events: [aMessageEvent({ seq: 2 }), aMessageEvent({ seq: 3 })] })
  expect(argsOf('markRead')).toEqual([['room', 3]])
  expect(selectUnread(store.getState(), 'room')).toBe(0)
})

test('a room that is open but not looked at, and one that is not open, stay unread', async () => {
  look(false)
  const { store, tell, argsOf } = await started()
  tell('room-events', { roomId: 'room', events: [aMessageEvent({ seq: 2 })] })
  await store.dispatch(openRoom('room'))
  tell('room-events', { roomId: 'room', events: [aMessageEvent({ seq: 3 })] })
  expect(argsOf('markRead')).toEqual([])
  expect(selectUnread(store.getState(), 'room')).toBe(2)
  expect(store.getState().readState.byRoom['room']).toMatchObject({ afterSeq: 1, unreadAtEntry: 1 })
})

test('looking again reads what came meanwhile', async () => {
  look(false)
  const { store, tell, argsOf } = await started()
  await store.dispatch(openRoom('room'))
  tell('room-events', { roomId: 'room', events: [aMessageEvent({ seq: 2 })] })
  Object.assign(document, { hasFocus: () => true })
  window.dispatchEvent(new Event('focus'))
  expect(argsOf('markRead')).toEqual([['room', 2]])
})

test('a room by link is fetched, unless the person has gone elsewhere meanwhile', async () => {
  const gate = Promise.withResolvers<ReturnType<typeof aRoom>>()
  const { store, argsOf } = await started({ getRoom: () => gate.promise })
  const opening = store.dispatch(openRoom('linked'))
  await store.dispatch(openRoom('room'))
  gate.resolve(aRoom({ roomId: 'linked' }))
  await opening
  expect(store.getState().readState.openRoomId).toBe('room')
  expect(argsOf('open')).toEqual([['room']])
  await store.dispatch(openRoom('linked'))
  expect(argsOf('open')).toEqual([['room'], ['linked']])
})

test('lines that come while the first page is on its way are not lost', async () => {
  const gate = Promise.withResolvers<ReturnType<typeof page>>()
  const { store, tell } = await started({ listMessages: () => gate.promise })
  const opening = store.dispatch(openRoom('room'))
  tell('room-events', { roomId: 'room', events: [aMessageEvent({ seq: 2 }), aMessageEvent({ seq: 3 })] })
  gate.resolve(page([2]))
  await opening
  expect(selectLines(store.getState(), 'room').map(({ seq }) => seq)).toEqual([2, 3])
})

test('a room with more unread than a page opens around where I had read', async () => {
  const room = aRoom({
    head: 500,
    lastOrdinal: 499,
    membership: { ...aRoom().membership, readSeq: 100, readOrdinal: 99 },
  })
  const { store, argsOf } = await started({ listRooms: async () => ({ rooms: [room], userHead: 7 }) })
  await store.dispatch(openRoom('room'))
  expect(argsOf('listMessages')).toEqual([[{ roomId: 'room', limit: 50, around: 100 }]])
  await store.dispatch(loadNewest('room'))
  expect(argsOf('listMessages').at(-1)).toEqual([{ roomId: 'room', limit: 50 }])
})

test('scrolling up asks for the page before once, and coming back to a room asks for nothing', async () => {
  const { store, argsOf } = await started({
    listMessages: async ({ before }) =>
      before === undefined ? page([8, 9], { hasBefore: true }) : page([6, 7]),
  })
  await store.dispatch(openRoom('room'))
  await Promise.all([store.dispatch(loadOlder('room')), store.dispatch(loadOlder('room'))])
  expect(selectLines(store.getState(), 'room').map(({ seq }) => seq)).toEqual([6, 7, 8, 9])
  store.dispatch(closeRoom('room'))
  await store.dispatch(openRoom('room'))
  expect(argsOf('listMessages')).toHaveLength(2)
})

test('a page that failed says why, and is asked for again with the next connection', async () => {
  let isDown = true
  const { store, tell } = await started({
    listMessages: async () => (isDown ? Promise.reject(new TypeError('down')) : page([2])),
  })
  await store.dispatch(openRoom('room'))
  expect(store.getState().messages.byRoom['room']).toMatchObject({ status: 'failed', failure: 'internal' })
  isDown = false
  tell('connection-changed', { state: 'offline' })
  tell('connection-changed', { state: 'online' })
  await vi.waitFor(() => expect(selectLines(store.getState(), 'room')).toHaveLength(1))
})

test('after a reset the open room is loaded anew and says how much was missed', async () => {
  const { store, tell, argsOf } = await started({
    getRoom: async () => aRoom({ head: 900, lastOrdinal: 899 }),
  })
  await store.dispatch(openRoom('room'))
  tell('room-reset', { roomId: 'room', head: 900, missed: 899 })
  await vi.waitFor(() => expect(argsOf('listMessages')).toHaveLength(2))
  expect(store.getState().messages.byRoom['room']?.missed).toBe(899)
  await vi.waitFor(() => expect(store.getState().rooms.rooms['room']?.head).toBe(900))
  expect(argsOf('reloadCursors')).toEqual([['room']])
})

test('pending messages are shown after the lines until their own line is there', async () => {
  const { store, tell } = await started()
  const entry = {
    clientMessageId: 'mine',
    roomId: 'room',
    text: 'hi',
    createdAtMs: 1,
    position: 1,
    state: 'sending' as const,
  }
  tell('outbox-changed', { entries: [entry, { ...entry, clientMessageId: 'else', roomId: 'other' }] })
  await store.dispatch(openRoom('room'))
  expect(selectPending(store.getState(), 'room')).toEqual([entry])
  tell('room-events', {
    roomId: 'room',
    events: [2, 3, 4].map((seq) =>
      aMessageEvent({ seq, ...(seq === 4 && { authorId: adaId, clientMessageId: 'mine' }) }),
    ),
  })
  expect(selectPending(store.getState(), 'room')).toEqual([])
})

test('unread numbers follow cursors, joins and leaves, and one counter serves all lines', async () => {
  const { store, tell } = await started()
  await store.dispatch(openRoom('room'))
  const numberOf = (seq: number) =>
    selectUnreadCounter(store.getState(), 'room')?.numberOf({ seq, authorId: benId })
  expect(numberOf(3)).toBeUndefined()
  const cursors = [adaId, benId, 'cho'].map((userId) => ({ userId, joinedSeq: 1, readSeq: 1 }))
  tell('cursors-loaded', { roomId: 'room', cursorRev: 1, asOfSeq: 1, cursors })
  expect(numberOf(3)).toBe(2)
  expect(selectUnreadCounter(store.getState(), 'room')).toBe(selectUnreadCounter(store.getState(), 'room'))
  const move = { userId: 'cho', joinedSeq: 1, from: 1, to: 3, count: 1 }
  tell('cursors-moved', { roomId: 'room', cursorRev: 2, fromRev: 1, moves: [move] })
  expect(numberOf(3)).toBe(1)
  const leave = {
    roomId: 'room',
    seq: 2,
    at: 1,
    actorId: adaId,
    kind: 'member-left' as const,
    member: aProfile(adaId),
    reason: 'left' as const,
  }
  tell('room-events', { roomId: 'room', events: [leave] })
  expect(numberOf(3)).toBe(0)
})

test('a lost cursor move has the cursors loaded again', async () => {
  const { store, tell, argsOf } = await started()
  await store.dispatch(openRoom('room'))
  tell('cursors-loaded', { roomId: 'room', cursorRev: 1, asOfSeq: 1, cursors: [] })
  tell('cursors-moved', { roomId: 'room', cursorRev: 5, fromRev: 4, moves: [] })
  expect(argsOf('reloadCursors')).toEqual([['room']])
})

test('rooms that my log brings are followed, rooms that it takes are forgotten', async () => {
  const { store, tell, argsOf } = await started()
  const base = { userId: adaId, at: 1 }
  tell('user-events', {
    events: [
      { ...base, seq: 8, kind: 'room-joined', room: aRoom({ roomId: 'new', head: 4 }) },
      { ...base, seq: 9, kind: 'room-left', roomId: 'room' },
    ],
  })
  expect(argsOf('follow').at(-1)).toEqual([[{ roomId: 'new', have: 4 }]])
  expect(argsOf('unfollow')).toEqual([['room']])
  expect(Object.keys(store.getState().rooms.rooms)).toEqual(['new'])
})

test('signing out leaves nothing of the person in memory', async () => {
  const { store, tell } = await started()
  await store.dispatch(openRoom('room'))
  tell('session-changed', { status: 'signed-out', reason: 'signed-out' })
  const { session, settings: _, ...rest } = store.getState()
  expect(session).toEqual({ status: 'signed-out', reason: 'signed-out' })
  const {
    session: _s,
    settings: _t,
    ...nothing
  } = createStore({ client: createFakeClient().client }).getState()
  expect(rest).toEqual(nothing)
})

test('a browser that keeps nothing is told about until the window closes, also to whoever signs in next', async () => {
  const { store, tell } = await started()
  expect(store.getState().outbox.isStorageLost).toBe(false)
  tell('storage-failed', undefined)
  tell('session-changed', { status: 'signed-out', reason: 'signed-out' })
  expect(store.getState().outbox.isStorageLost).toBe(true)
})
