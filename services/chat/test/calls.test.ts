import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aGroup, as, aSend, asService, codeOf, startChat, type TestChat } from './start-chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startChat()
})
afterAll(() => chat.stop())

const aCall = (roomId: string, startedBy: string) => ({
  roomId,
  callId: randomUUID(),
  startedBy,
  startedAt: chat.clock.now(),
  isVideo: false,
})
const missed = { outcome: 'missed', durationMs: 0 } as const
const answered = { outcome: 'answered', durationMs: 192_000 } as const

async function aPair() {
  const [ada = '', ben = ''] = await chat.addPeople(2)
  const { roomId } = await chat.api.openDirectRoom(as(ada), { userId: ben })
  return { ada, ben, roomId }
}
const badgeOf = async (userId: string, roomId: string) => {
  const { lastOrdinal, membership } = await chat.api.getRoom(as(userId), { roomId })
  return lastOrdinal - membership.readOrdinal
}

test('a missed call brings the room into the list of who was called and counts as unread', async () => {
  const { ada, ben, roomId } = await aPair()
  await chat.api.recordCall(asService, { ...aCall(roomId, ada), end: missed })
  const room = (await chat.api.listRooms(as(ben), {})).rooms.find((each) => each.roomId === roomId)
  expect(room).toMatchObject({
    roomId,
    lastMessage: { authorId: ada, text: '', call: { outcome: 'missed' } },
  })
  expect([await badgeOf(ben, roomId), await badgeOf(ada, roomId)]).toEqual([1, 0])
})

test('the line of a call is written once, however often and by whichever replica it is told', async () => {
  const { ada, roomId } = await aPair()
  const other = await chat.startReplica()
  const told = { ...aCall(roomId, ada), end: answered }
  await Promise.all([chat.api.recordCall(asService, told), other.recordCall(asService, told)])
  await chat.api.recordCall(asService, told)
  const { messages } = await chat.api.listMessages(as(ada), { roomId })
  expect(messages).toMatchObject([{ call: { outcome: 'answered', durationMs: 192_000 } }])
})

test('a call that took place counts in nobody’s badge, and what was unread before it stays unread', async () => {
  const { ada, ben, roomId } = await aPair()
  const { seq } = await chat.api.sendMessage(as(ada), aSend(roomId, 'before'))
  await chat.api.recordCall(asService, { ...aCall(roomId, ada), end: answered })
  expect(await badgeOf(ben, roomId)).toBe(1)
  await chat.api.sendMessage(as(ada), aSend(roomId, 'after'))
  await chat.api.moveReadCursor(as(ben), { roomId, seq })
  expect(await badgeOf(ben, roomId)).toBe(1)
  const { head } = await chat.api.getRoom(as(ben), { roomId })
  await chat.api.moveReadCursor(as(ben), { roomId, seq: head })
  expect(await badgeOf(ben, roomId)).toBe(0)
})

test('the same line comes by the log, by history and by the list', async () => {
  const { ada, ben, roomId } = await aPair()
  const told = { ...aCall(roomId, ada), end: missed }
  await chat.api.recordCall(asService, told)
  const call = { callId: told.callId, isVideo: false, ...missed }
  const { rooms } = await chat.api.syncRooms(as(ben), { rooms: [{ roomId, have: 1 }] })
  expect(rooms[0]?.events).toMatchObject([{ kind: 'message-created', message: { call } }])
  const { messages } = await chat.api.listMessages(as(ben), { roomId })
  expect(messages).toMatchObject([{ call }])
  expect((await chat.api.getRoom(as(ben), { roomId })).lastMessage).toMatchObject({ call })
})

test('who blocks the caller sees nothing of the missed call, and the caller does not notice', async () => {
  const { ada, ben, roomId } = await aPair()
  await chat.api.blockUser(as(ben), { userId: ada, level: 'messages' })
  await chat.api.recordCall(asService, { ...aCall(roomId, ada), end: missed })
  await chat.api.recordCall(asService, { ...aCall(roomId, ada), end: answered })
  expect(await badgeOf(ben, roomId)).toBe(0)
  expect((await chat.api.listMessages(as(ben), { roomId })).messages).toEqual([])
  expect((await chat.api.listMessages(as(ada), { roomId })).messages).toHaveLength(2)
})

test('in a group a call is two facts of the log, counted nowhere', async () => {
  const { roomId, userIds } = await aGroup(chat, 3)
  const [ada = '', ben = ''] = userIds
  const began = aCall(roomId, ben)
  for (const told of [began, began, { ...began, end: answered }, { ...began, end: answered }])
    await chat.api.recordCall(asService, told)
  const { notices, messages } = await chat.api.listMessages(as(ada), { roomId })
  expect(notices.slice(1)).toMatchObject([
    { kind: 'call-started', actorId: ben, callId: began.callId },
    { kind: 'call-ended', actorId: ben, durationMs: 192_000 },
  ])
  expect([messages.length, await badgeOf(ada, roomId)]).toEqual([0, 0])
})

test('a 1:1 room has no line of a call that goes on', async () => {
  const { ada, roomId } = await aPair()
  await chat.api.recordCall(asService, aCall(roomId, ada))
  expect((await chat.api.listMessages(as(ada), { roomId })).messages).toEqual([])
})

test('the line of a call is not a message that its author may take back', async () => {
  const { ada, roomId } = await aPair()
  await chat.api.recordCall(asService, { ...aCall(roomId, ada), end: missed })
  const { head: seq } = await chat.api.getRoom(as(ada), { roomId })
  expect(await codeOf(chat.api.deleteMessage(as(ada), { roomId, seq }))).toBe('forbidden')
})

test('chat knows which calls have no end, until it is written', async () => {
  const { ada, ben, roomId } = await aPair()
  const group = await aGroup(chat, 3)
  const pair = aCall(roomId, ada)
  const many = aCall(group.roomId, group.userIds[0] ?? '')
  for (const told of [pair, many, many]) await chat.api.recordCall(asService, told)
  const { running } = await chat.api.getCallRoom(as(ben), { roomId })
  expect(running).toEqual({ ...pair, isDirect: true, seenAt: pair.startedAt })
  const mine = async () => {
    const { calls } = await chat.api.listLostCalls(asService, { seenBefore: pair.startedAt + 1 })
    return calls.filter(({ callId }) => callId === pair.callId || callId === many.callId)
  }
  // Both were seen at the same time: which of them comes first is their ids' affair.
  const lost = new Map((await mine()).map((call) => [call.callId, call]))
  expect(lost.get(pair.callId)).toMatchObject({ isDirect: true, otherId: ben })
  expect(lost.get(many.callId)).toMatchObject({ isDirect: false })
  const seenAt = pair.startedAt + 5_000
  const calls = [{ callId: pair.callId, answeredAt: seenAt }]
  for (let times = 0; times < 2; times += 1) await chat.api.keepCalls(asService, { calls, seenAt })
  expect((await mine()).map(({ callId }) => callId)).toEqual([many.callId])
  expect((await chat.api.getCallRoom(as(ada), { roomId })).running).toMatchObject({
    answeredAt: seenAt,
    seenAt,
  })

  for (const told of [pair, many]) await chat.api.recordCall(asService, { ...told, end: answered })
  // Told late: it is over all the same.
  await chat.api.recordCall(asService, many)
  await chat.api.keepCalls(asService, { calls, seenAt: seenAt + 1 })
  expect((await chat.api.getCallRoom(as(ada), { roomId })).running).toBeUndefined()
  expect(await mine()).toEqual([])
})

test('the end of a group call is what the list shows, to those who were there, and brings the room up', async () => {
  const { roomId, userIds } = await aGroup(chat, 3)
  const [ada = '', ben = ''] = userIds
  await chat.api.sendMessage(as(ada), aSend(roomId, 'before'))
  chat.clock.advance(60_000)
  const told = aCall(roomId, ben)
  await chat.api.recordCall(asService, told)
  const listed = async (userId: string) =>
    (await chat.api.listRooms(as(userId), {})).rooms.find((room) => room.roomId === roomId)
  expect((await listed(ada))?.lastCall).toBeUndefined()
  for (let times = 0; times < 2; times += 1)
    await chat.api.recordCall(asService, { ...told, end: { outcome: 'answered', durationMs: 5_000 } })
  const room = await listed(ada)
  expect(room).toMatchObject({
    lastMessage: { text: 'before' },
    lastCall: { callId: told.callId, seq: room?.head, isVideo: false, durationMs: 5_000 },
    activeAt: chat.clock.now(),
  })
  const second = { ...aCall(roomId, ada), end: answered }
  await chat.api.recordCall(asService, second)
  expect((await listed(ada))?.lastCall).toMatchObject({ callId: second.callId, durationMs: 192_000 })
  const [late = ''] = await chat.addPeople(1)
  await chat.api.inviteMembers(as(ada), { roomId, userIds: [late] })
  expect((await listed(late))?.lastCall).toBeUndefined()
})
