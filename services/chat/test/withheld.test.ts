import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, aSend, asService, startChat, type TestChat } from './start-chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startChat()
})
afterAll(() => chat.stop())

/** Ben blocks Ada in a room where one message is known to both. */
async function aBlockedRoom() {
  const [ada = '', ben = ''] = await chat.addPeople(2)
  const { roomId } = await chat.api.openDirectRoom(as(ada), { userId: ben })
  await chat.api.sendMessage(as(ada), aSend(roomId, 'before'))
  await chat.api.blockUser(as(ben), { userId: ada, level: 'messages' })
  return { ada, ben, roomId }
}

test('a message to somebody who blocks me is kept from them in every read, and I am not told', async () => {
  const { ada, ben, roomId } = await aBlockedRoom()
  const activeAt = (await chat.api.getRoom(as(ben), { roomId })).activeAt
  chat.clock.advance(60_000)
  const sent = await chat.api.sendMessage(as(ada), aSend(roomId, 'hidden'))
  expect(sent).toMatchObject({ seq: 3, ordinal: 2 })

  const bens = await chat.api.getRoom(as(ben), { roomId })
  expect(bens).toMatchObject({ head: 3, lastMessage: { text: 'before' }, activeAt })
  expect(bens.lastOrdinal - bens.membership.readOrdinal).toBe(1)
  const page = await chat.api.listMessages(as(ben), { roomId })
  expect(page.messages.map((message) => message.text)).toEqual(['before'])
  const synced = await chat.api.syncRooms(as(ben), { rooms: [{ roomId, have: 2 }] })
  expect(synced.rooms[0]?.events).toEqual([
    { roomId, seq: 3, at: sent.sentAt, actorId: ada, kind: 'message-withheld' },
  ])
  const { events } = await chat.api.syncUser(as(ben), { have: 0 })
  expect(JSON.stringify(events)).not.toContain('hidden')

  const adas = await chat.api.listMessages(as(ada), { roomId })
  expect(adas.messages.map((message) => message.text)).toEqual(['before', 'hidden'])
  const raw = await chat.api.readRoomEvents(asService, { roomId, afterSeq: 2, limit: 5 })
  expect(raw.events).toMatchObject([{ withheldFrom: ben, event: { kind: 'message-created' } }])
  const push = chat.pushed.named('room:events').findLast(({ payload }) => payload.roomId === roomId)
  expect(push?.payload.events).toMatchObject([{ withheldFrom: ben }])
})

test('while I block the other of a 1:1 room my cursor stands still to them, not to me', async () => {
  const { ada, ben, roomId } = await aBlockedRoom()
  await chat.api.sendMessage(as(ada), aSend(roomId, 'hidden'))
  expect(await chat.api.moveReadCursor(as(ben), { roomId, seq: 3 })).toEqual({ readSeq: 3 })
  const bens = await chat.api.getRoom(as(ben), { roomId })
  expect(bens.lastOrdinal - bens.membership.readOrdinal).toBe(0)
  const cursors = await chat.api.listCursors(as(ada), { roomId })
  expect(cursors.cursorRev).toBe(0)
  expect(cursors.cursors).toContainEqual({ userId: ben, joinedSeq: 0, readSeq: 0 })

  await chat.api.unblockUser(as(ben), { userId: ada })
  await chat.api.sendMessage(as(ada), aSend(roomId, 'after'))
  expect((await chat.api.getRoom(as(ben), { roomId })).lastMessage?.text).toBe('after')
  await chat.api.moveReadCursor(as(ben), { roomId, seq: 4 })
  const later = await chat.api.listCursors(as(ada), { roomId })
  expect(later.cursors).toContainEqual({ userId: ben, joinedSeq: 0, readSeq: 4 })
  const page = await chat.api.listMessages(as(ben), { roomId })
  expect(page.messages.map((message) => message.text)).toEqual(['before', 'after'])
})

test('the blocker’s own message shows the room at its place again', async () => {
  const { ada, ben, roomId } = await aBlockedRoom()
  await chat.api.sendMessage(as(ada), aSend(roomId, 'hidden'))
  chat.clock.advance(1_000)
  const sent = await chat.api.sendMessage(as(ben), aSend(roomId, 'mine'))
  expect(await chat.api.getRoom(as(ben), { roomId })).toMatchObject({
    lastMessage: { text: 'mine' },
    activeAt: sent.sentAt,
  })
})

test('a room that began with a withheld message stays out of the blocker’s list', async () => {
  const [ada = '', ben = ''] = await chat.addPeople(2)
  await chat.api.blockUser(as(ben), { userId: ada, level: 'profile' })
  const head = (await chat.api.syncUser(as(ben), { have: 0 })).head
  const { roomId } = await chat.api.openDirectRoom(as(ada), { userId: ben })
  await chat.api.sendMessage(as(ada), aSend(roomId, 'hidden'))
  const { rooms } = await chat.api.listRooms(as(ben), {})
  expect(rooms.map((room) => room.roomId)).not.toContain(roomId)
  expect((await chat.api.listSubscriptions(as(ben), {})).rooms.map((room) => room.roomId)).not.toContain(
    roomId,
  )
  expect((await chat.api.syncUser(as(ben), { have: head })).events).toEqual([])
})

test('in groups nothing is withheld', async () => {
  const [ada = '', ben = ''] = await chat.addPeople(2)
  const { roomId } = await chat.api.createGroup(as(ada), { userIds: [ben] })
  await chat.api.blockUser(as(ben), { userId: ada, level: 'profile' })
  await chat.api.sendMessage(as(ada), aSend(roomId, 'hello all'))
  const { messages } = await chat.api.listMessages(as(ben), { roomId })
  expect(messages.map((message) => message.text)).toEqual(['hello all'])
  await chat.api.moveReadCursor(as(ben), { roomId, seq: 2 })
  const { cursors } = await chat.api.listCursors(as(ada), { roomId })
  expect(cursors).toContainEqual({ userId: ben, joinedSeq: 0, readSeq: 2 })
})
