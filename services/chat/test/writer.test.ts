import { AppError } from '@our-now/platform/errors/app-error.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { as, aGroup, aSend, asService, codeOf, startChat, type TestChat } from './start-chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startChat()
})
afterAll(() => chat.stop())

interface Logged {
  readonly seq: number
  readonly author_id: string
  readonly client_message_id: string | null
}
const logOf = (roomId: string): Promise<Logged[]> =>
  chat.database.reader<Logged>('room_events').where('room_id', roomId).orderBy('seq')

const pushesOf = (roomId: string) =>
  chat.pushed
    .named('room:events')
    .filter(({ payload }) => payload.roomId === roomId)
    .map(({ payload }) => payload.events)

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

test('50 people writing at once leave no hole, lose nothing, double nothing, and keep each one’s order', async () => {
  const { roomId, userIds } = await aGroup(chat, 50)
  const sent = await Promise.all(
    userIds.map(async (userId) => {
      const own: number[] = []
      for (let at = 0; at < 10; at += 1) {
        own.push((await chat.api.sendMessage(as(userId), aSend(roomId, `${userId} ${at}`))).seq)
      }
      return own
    }),
  )
  for (const own of sent) expect(own).toEqual([...own].sort((a, b) => a - b))
  const log = await logOf(roomId)
  expect(log.map((event) => event.seq)).toEqual(upTo(501))
  expect(new Set(sent.flat()).size).toBe(500)
  const room = await chat.database.reader('rooms').where('room_id', roomId).first()
  expect(room).toMatchObject({ last_seq: 501, last_ordinal: 500 })
  const messages = await chat.database.reader('messages').where('room_id', roomId).orderBy('ordinal')
  expect(messages.map((message: { ordinal: number }) => message.ordinal)).toEqual(upTo(500))
})

test('what waits at the same moment is one transaction, over all rooms', async () => {
  const rooms = [await aGroup(chat, 3), await aGroup(chat, 3)]
  await Promise.all(
    rooms.flatMap(({ roomId, userIds }) =>
      userIds.flatMap((userId) => upTo(20).map(() => chat.api.sendMessage(as(userId), aSend(roomId)))),
    ),
  )
  for (const { roomId } of rooms) {
    // Each transaction pushes once per room.
    expect(pushesOf(roomId).map((events) => events.length)).toEqual([1, 60])
    expect((await logOf(roomId)).map((event) => event.seq)).toEqual(upTo(61))
  }
})

test('a refusal fails its own operation only', async () => {
  const { roomId, userIds } = await aGroup(chat, 2)
  const [ada = '', ben = ''] = userIds
  const eve = await chat.addPerson()
  const send = aSend(roomId, 'one')
  const codes = await Promise.all([
    codeOf(chat.api.sendMessage(as(ada), send)),
    codeOf(chat.api.sendMessage(as(eve), aSend(roomId))),
    codeOf(chat.api.sendMessage(as(ada), { ...send, text: 'two' })),
    codeOf(chat.api.removeMember(as(ben), { roomId, userId: ada })),
    codeOf(chat.api.sendMessage(as(ben), aSend(roomId))),
    codeOf(chat.api.sendMessage(as(ben), aSend(uuidv7()))),
  ])
  expect(codes).toEqual(['none', 'room_not_found', 'conflict', 'forbidden', 'none', 'room_not_found'])
  expect(pushesOf(roomId).map((events) => events.length)).toEqual([1, 2])
  expect(await logOf(roomId)).toHaveLength(3)
})

test('one id sent twice at once, through one or two replicas, is one row with equal answers', async () => {
  const { roomId, userIds } = await aGroup(chat, 2)
  const [ada = ''] = userIds
  const other = await chat.startReplica()
  for (let round = 0; round < 20; round += 1) {
    const send = aSend(roomId, `round ${round}`)
    const answers = await Promise.all([
      chat.api.sendMessage(as(ada), send),
      other.sendMessage(as(ada), send),
      chat.api.sendMessage(as(ada), send),
    ])
    expect(new Set(answers.map((answer) => answer.seq)).size).toBe(1)
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1)
  }
  expect((await logOf(roomId)).map((event) => event.seq)).toEqual(upTo(21))
})

test('an acknowledgement that was lost is repeated by the retry', async () => {
  const { roomId, userIds } = await aGroup(chat, 2)
  const [ada = ''] = userIds
  const send = aSend(roomId)
  void chat.api.sendMessage(as(ada), send)
  const retry = await chat.api.sendMessage(as(ada), send)
  expect(retry).toMatchObject({ seq: 2, repeated: true })
})

test('after a member is removed nothing of theirs is in the log, however the sends crossed', async () => {
  const { roomId, userIds } = await aGroup(chat, 2)
  const [ada = '', ben = ''] = userIds
  const codes: string[] = []
  for (let round = 0; round < 15; round += 1) {
    const sends = upTo(6).map(() => codeOf(chat.api.sendMessage(as(ben), aSend(roomId))))
    const removal = codeOf(chat.api.removeMember(as(ada), { roomId, userId: ben }))
    const late = upTo(6).map(() => codeOf(chat.api.sendMessage(as(ben), aSend(roomId))))
    codes.push(await removal, ...(await Promise.all(late)))
    await Promise.all(sends)
    await chat.api.inviteMembers(as(ada), { roomId, userIds: [ben] })
  }
  expect(codes.filter((code) => code === 'none')).toHaveLength(15)
  const { events } = await chat.api.readRoomEvents(asService, { roomId, afterSeq: 0, limit: 500 })
  let isIn = true
  for (const { event } of events) {
    if (event.kind === 'member-left') isIn = false
    if (event.kind === 'members-joined') isIn = true
    if (event.kind === 'message-created') expect(isIn).toBe(true)
  }
})

test('a full queue answers overloaded before anything is written', async () => {
  const small = await startChat({ chatLaneMaxWaiting: 5 })
  const { roomId, userIds } = await aGroup(small, 2)
  const [ada = ''] = userIds
  const answers = await Promise.allSettled(upTo(30).map(() => small.api.sendMessage(as(ada), aSend(roomId))))
  const refusals = answers
    .filter((answer) => answer.status === 'rejected')
    .map(({ reason }) => reason as AppError)
  expect(refusals).toHaveLength(25)
  expect(refusals.every((error) => error.code === 'overloaded' && (error.retryAfterMs ?? 0) > 0)).toBe(true)
  expect(await small.database.reader('messages').where('room_id', roomId)).toHaveLength(5)
  await small.stop()
})

test('what nobody waits for any more is not written', async () => {
  const { roomId, userIds } = await aGroup(chat, 2)
  const [ada = ''] = userIds
  const late = { ...as(ada), deadlineAtMs: chat.clock.now() - 1 }
  expect(await codeOf(chat.api.sendMessage(late, aSend(roomId)))).toBe('timeout')
  await chat.api.sendMessage(as(ada), aSend(roomId, 'after'))
  expect(await logOf(roomId)).toHaveLength(2)
})

test('a broken room does not fail the others in its batch', async () => {
  const good = await aGroup(chat, 2)
  const bad = await aGroup(chat, 2)
  // A row where the next one belongs: every insert into this room fails.
  await chat.database.transaction(async (trx) => {
    await trx('room_events').insert({
      room_id: bad.roomId,
      seq: 2,
      kind: 'room-renamed',
      author_id: bad.userIds[0] ?? '',
      body: '{}',
      at_ms: 0,
    })
  })
  const codes = await Promise.all([
    codeOf(chat.api.sendMessage(as(bad.userIds[0] ?? ''), aSend(bad.roomId))),
    codeOf(chat.api.sendMessage(as(good.userIds[0] ?? ''), aSend(good.roomId))),
  ])
  expect(codes).toEqual(['internal', 'none'])
  expect(await logOf(good.roomId)).toHaveLength(2)
})

test('stopping finishes what was begun and refuses the rest', async () => {
  const short = await startChat()
  const { roomId, userIds } = await aGroup(short, 2)
  const [ada = ''] = userIds
  const sends = upTo(20).map(() => codeOf(short.api.sendMessage(as(ada), aSend(roomId))))
  const stopped = short.stop()
  expect(await Promise.all(sends)).toEqual(Array(20).fill('none'))
  expect(await codeOf(short.api.sendMessage(as(ada), aSend(roomId)))).toBe('unavailable')
  await stopped
})

describe('when the database fails', () => {
  const deadlock = () => Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' })

  /** A chat whose relay does not run into the faults meant for the writer: nothing is in the outbox yet. */
  async function aQuietRoom() {
    const quiet = await startChat()
    const { roomId, userIds } = await aGroup(quiet, 2)
    await waitUntil(async () => (await quiet.database.reader('outbox').first()) === undefined)
    return { quiet, roomId, ada: userIds[0] ?? '' }
  }

  test.each(['storage_full', 'unavailable', 'timeout'] as const)(
    '%s reaches everyone in the batch, and the retry with the same id is stored once',
    async (code) => {
      const { quiet, roomId, ada } = await aQuietRoom()
      const sends = [aSend(roomId), aSend(roomId)]
      quiet.failTransactions(new AppError(code), 1)
      const sendAll = () => Promise.all(sends.map((send) => codeOf(quiet.api.sendMessage(as(ada), send))))
      expect(await sendAll()).toEqual([code, code])
      expect(await sendAll()).toEqual(['none', 'none'])
      expect(await quiet.database.reader('messages').where('room_id', roomId)).toHaveLength(2)
      await quiet.stop()
    },
  )

  test('a deadlock is tried again room by room', async () => {
    const { quiet, roomId, ada } = await aQuietRoom()
    quiet.failTransactions(deadlock(), 2)
    expect(await codeOf(quiet.api.sendMessage(as(ada), aSend(roomId)))).toBe('none')
    await quiet.stop()
  })

  test('and given up after three tries', async () => {
    const { quiet, roomId, ada } = await aQuietRoom()
    quiet.failTransactions(deadlock(), 4)
    expect(await codeOf(quiet.api.sendMessage(as(ada), aSend(roomId)))).toBe('unavailable')
    expect(await codeOf(quiet.api.sendMessage(as(ada), aSend(roomId)))).toBe('none')
    await quiet.stop()
  })
})
