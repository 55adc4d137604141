import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, aGroup, aSend, asService, startChat, type TestChat } from './start-chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startChat()
})
afterAll(() => chat.stop())

const cursorOf = async (viewerId: string, roomId: string, userId: string) =>
  (await chat.api.listCursors(as(viewerId), { roomId })).cursors?.find((cursor) => cursor.userId === userId)

const badgeOf = async (userId: string, roomId: string) => {
  const room = await chat.api.getRoom(as(userId), { roomId })
  return room.lastOrdinal - room.membership.readOrdinal
}

async function aRoomWith(messages: number) {
  const { roomId, userIds } = await aGroup(chat, 3)
  const [ada = '', ben = '', cleo = ''] = userIds
  for (let at = 0; at < messages; at += 1) await chat.api.sendMessage(as(ada), aSend(roomId))
  return { roomId, ada, ben, cleo }
}

test('a cursor moves up, never down, never beyond the end; the badge follows', async () => {
  const { roomId, ada, ben } = await aRoomWith(4)
  expect(await badgeOf(ben, roomId)).toBe(4)
  expect(await chat.api.moveReadCursor(as(ben), { roomId, seq: 3 })).toEqual({ readSeq: 3 })
  expect(await badgeOf(ben, roomId)).toBe(2)
  expect(await chat.api.moveReadCursor(as(ben), { roomId, seq: 1 })).toEqual({ readSeq: 3 })
  expect(await chat.api.moveReadCursor(as(ben), { roomId, seq: 1_000 })).toEqual({ readSeq: 5 })
  expect(await badgeOf(ben, roomId)).toBe(0)
  expect(await cursorOf(ada, roomId, ben)).toEqual({ userId: ben, joinedSeq: 0, readSeq: 5 })
})

test('deletions and names never count in a badge', async () => {
  const { roomId, ada, ben } = await aRoomWith(2)
  await chat.api.moveReadCursor(as(ben), { roomId, seq: 3 })
  await chat.api.deleteMessage(as(ada), { roomId, seq: 2 })
  await chat.api.renameRoom(as(ada), { roomId, name: 'x' })
  expect(await badgeOf(ben, roomId)).toBe(0)
  await chat.api.sendMessage(as(ada), aSend(roomId))
  expect(await badgeOf(ben, roomId)).toBe(1)
})

test('writing is not reading: earlier messages stay unread, the own one never counts', async () => {
  const { roomId, ada, ben } = await aRoomWith(2)
  await chat.api.sendMessage(as(ben), aSend(roomId))
  expect(await badgeOf(ben, roomId)).toBe(2)
  expect((await cursorOf(ada, roomId, ben))?.readSeq).toBe(0)
  await chat.api.moveReadCursor(as(ben), { roomId, seq: 2 })
  expect(await badgeOf(ben, roomId)).toBe(1)
  await chat.api.moveReadCursor(as(ben), { roomId, seq: 4 })
  expect(await badgeOf(ben, roomId)).toBe(0)
  await chat.api.sendMessage(as(ben), aSend(roomId))
  const { membership, head } = await chat.api.getRoom(as(ben), { roomId })
  expect(membership.readSeq).toBe(head)
})

test('a move is durable when answered, told to the own devices and pushed to open rooms', async () => {
  const { roomId, ben } = await aRoomWith(2)
  await chat.api.moveReadCursor(as(ben), { roomId, seq: 3 })
  expect(
    await chat.database.reader('memberships').where({ room_id: roomId, user_id: ben }).first(),
  ).toMatchObject({
    read_seq: 3,
  })
  const { events } = await chat.api.syncUser(as(ben), { have: 0 })
  expect(events.at(-1)).toMatchObject({ kind: 'cursor-moved', roomId, readSeq: 3, readOrdinal: 2 })
  const pushes = chat.pushed.named('cursors:moved').filter(({ payload }) => payload.roomId === roomId)
  expect(pushes).toMatchObject([
    {
      channel: `open:${roomId}`,
      payload: { fromRev: 0, cursorRev: 1, moves: [{ userId: ben, joinedSeq: 0, from: 0, to: 3, count: 1 }] },
    },
  ])
  const { rooms } = await chat.api.listHeads(asService, { roomIds: [roomId], userIds: [] })
  expect(rooms[0]?.cursorRev).toBe(1)
  await chat.api.moveReadCursor(as(ben), { roomId, seq: 3 })
  expect((await chat.api.listHeads(asService, { roomIds: [roomId], userIds: [] })).rooms[0]?.cursorRev).toBe(
    1,
  )
})

test('many moves within a moment are few transactions, and pushes tell all of them without a hole', async () => {
  const { roomId, userIds } = await aGroup(chat, 40)
  const [ada = ''] = userIds
  const sent = await Promise.all(userIds.map(() => chat.api.sendMessage(as(ada), aSend(roomId))))
  await Promise.all(
    userIds.flatMap((userId) => sent.map(({ seq }) => chat.api.moveReadCursor(as(userId), { roomId, seq }))),
  )
  // Each transaction that moves a cursor raises the rev by one.
  const { cursorRev } = await chat.api.listCursors(as(ada), { roomId })
  expect(cursorRev).toBeLessThanOrEqual(3)
  const pushesOf = () => chat.pushed.named('cursors:moved').filter(({ payload }) => payload.roomId === roomId)
  await waitUntil(() => pushesOf().at(-1)?.payload.cursorRev === cursorRev)
  const reached = new Map<string, number>()
  let rev = 0
  for (const { payload } of pushesOf()) {
    expect(payload.fromRev).toBe(rev)
    rev = payload.cursorRev
    for (const move of payload.moves) reached.set(move.userId ?? '', move.to)
  }
  expect(reached).toEqual(new Map(userIds.map((userId) => [userId, 41])))
})

test('who left and came back begins anew', async () => {
  const { roomId, ada, ben } = await aRoomWith(3)
  await chat.api.moveReadCursor(as(ben), { roomId, seq: 3 })
  await chat.api.leaveRoom(as(ben), { roomId, isQuiet: false })
  expect(await cursorOf(ada, roomId, ben)).toBeUndefined()
  await chat.api.inviteMembers(as(ada), { roomId, userIds: [ben] })
  expect(await cursorOf(ada, roomId, ben)).toEqual({ userId: ben, joinedSeq: 5, readSeq: 5 })
  expect(await badgeOf(ben, roomId)).toBe(0)
  expect(await chat.api.moveReadCursor(as(ben), { roomId, seq: 2 })).toEqual({ readSeq: 5 })
})

test('above 100 members cursors have no names, and whoever writes has read', async () => {
  const { roomId, userIds } = await aGroup(chat, 120)
  const [ada = '', ben = ''] = userIds
  const { seq } = await chat.api.sendMessage(as(ada), aSend(roomId))
  const first = await chat.api.listCursors(as(ben), { roomId })
  expect(first).not.toHaveProperty('cursors')
  const total = (first.histogram ?? []).reduce((sum, { count }) => sum + count, 0)
  const unread = (first.histogram ?? [])
    .filter((bucket) => bucket.joinedSeq < seq && bucket.readSeq < seq)
    .reduce((sum, { count }) => sum + count, 0)
  expect(total).toBe(120)
  expect(unread).toBe(119)

  const readers = userIds.slice(1, 61)
  await Promise.all(readers.map((userId) => chat.api.moveReadCursor(as(userId), { roomId, seq })))
  const { cursorRev, histogram } = await chat.api.listCursors(as(ada), { roomId })
  expect(
    histogram?.filter((bucket) => bucket.readSeq >= seq).reduce((sum, { count }) => sum + count, 0),
  ).toBe(61)
  const pushesOf = () => chat.pushed.named('cursors:moved').filter(({ payload }) => payload.roomId === roomId)
  await waitUntil(() => pushesOf().at(-1)?.payload.cursorRev === cursorRev)
  const moves = pushesOf().flatMap(({ payload }) => payload.moves)
  expect(moves.every((move) => move.userId === undefined)).toBe(true)
  expect(moves.filter((move) => move.to === seq).reduce((sum, { count }) => sum + count, 0)).toBe(61)
})

test('joins and leaves in big rooms make everyone fetch the histogram anew', async () => {
  const { roomId, userIds } = await aGroup(chat, 101)
  const [ada = '', ben = '', cleo = ''] = userIds
  const before = (await chat.api.listCursors(as(ada), { roomId })).cursorRev
  await chat.api.leaveRoom(as(ben), { roomId, isQuiet: false })
  const after = await chat.api.listCursors(as(ada), { roomId })
  expect(after.cursorRev).toBeGreaterThan(before)
  expect(after.cursors).toHaveLength(100)
  await chat.api.leaveRoom(as(cleo), { roomId, isQuiet: false })
  expect((await chat.api.listCursors(as(ada), { roomId })).cursorRev).toBe(after.cursorRev)
  await waitUntil(() =>
    chat.pushed
      .named('cursors:moved')
      .some(
        ({ payload }) =>
          payload.roomId === roomId && payload.fromRev === after.cursorRev && payload.moves.length === 0,
      ),
  )
})

test('the badge is right far behind the end, too', async () => {
  const { roomId, userIds } = await aGroup(chat, 2)
  const [ada = '', ben = ''] = userIds
  await Promise.all(
    Array.from({ length: 700 }, (_, at) => chat.api.sendMessage(as(at % 3 ? ada : ben), aSend(roomId))),
  )
  const seq = 101
  await chat.api.moveReadCursor(as(ben), { roomId, seq })
  const later = await chat.database
    .reader('messages')
    .where('room_id', roomId)
    .where('seq', '>', seq)
    .whereNot('author_id', ben)
  expect(await badgeOf(ben, roomId)).toBe(later.length)
})
