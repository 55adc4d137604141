import { naughtyStrings } from '@our-now/testkit/naughty-strings.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { as, aGroup, aSend, asService, codeOf, startChat, type TestChat } from './start-chat.ts'

const hourMs = 3_600_000

let chat: TestChat
beforeAll(async () => {
  chat = await startChat()
})
afterAll(() => chat.stop())

async function aRoom(): Promise<{ roomId: string; ada: string; ben: string }> {
  const { roomId, userIds } = await aGroup(chat, 2)
  const [ada = '', ben = ''] = userIds
  return { roomId, ada, ben }
}

const textsOf = async (userId: string, roomId: string) =>
  (await chat.api.listMessages(as(userId), { roomId, limit: 200 })).messages.map((message) => message.text)

describe('sending', () => {
  test('a message gets the next seq and ordinal and is pushed with the room’s events', async () => {
    const { roomId, ada, ben } = await aRoom()
    const send = aSend(roomId, '안녕')
    const sent = await chat.api.sendMessage(as(ada), send)
    expect(sent).toEqual({
      roomId,
      clientMessageId: send.clientMessageId,
      seq: 2,
      ordinal: 1,
      sentAt: chat.clock.now(),
      repeated: false,
    })
    const push = chat.pushed.named('room:events').findLast(({ payload }) => payload.roomId === roomId)
    const synced = await chat.api.syncRooms(as(ben), { rooms: [{ roomId, have: 1 }] })
    expect(push?.channel).toBe(`room:${roomId}`)
    expect(push?.payload.events.map(({ event }) => event)).toEqual(synced.rooms[0]?.events)
    expect(synced.rooms[0]?.events).toMatchObject([{ kind: 'message-created', message: { text: '안녕' } }])
  })

  test('a retry with the same id answers the same place and writes nothing', async () => {
    const { roomId, ada } = await aRoom()
    const send = aSend(roomId)
    const first = await chat.api.sendMessage(as(ada), send)
    chat.clock.advance(5_000)
    const { epoch, position } = await chat.api.recentHeads(as(ada), {})
    const again = await chat.api.sendMessage(as(ada), send)
    expect(again).toEqual({ ...first, repeated: true })
    // Whoever wrote it may have died before it told anybody.
    const { rooms } = await chat.api.recentHeads(as(ada), { epoch, since: position })
    expect(rooms).toMatchObject([{ roomId, head: first.seq }])
    expect(await textsOf(ada, roomId)).toEqual(['hello'])
  })

  test('the same id with another text is a conflict; another person’s same id is not', async () => {
    const { roomId, ada, ben } = await aRoom()
    const send = aSend(roomId, 'one')
    await chat.api.sendMessage(as(ada), send)
    expect(await codeOf(chat.api.sendMessage(as(ada), { ...send, text: 'two' }))).toBe('conflict')
    expect(await codeOf(chat.api.sendMessage(as(ben), { ...send, text: 'two' }))).toBe('none')
  })

  test('the same text written composed and decomposed is the same payload', async () => {
    const { roomId, ada } = await aRoom()
    const send = aSend(roomId, '한글'.normalize('NFD'))
    await chat.api.sendMessage(as(ada), send)
    const again = await chat.api.sendMessage(as(ada), { ...send, text: '한글'.normalize('NFC') })
    expect(again.repeated).toBe(true)
    expect(await textsOf(ada, roomId)).toEqual(['한글'.normalize('NFC')])
  })

  test('texts with nothing to read and texts over 10,000 graphemes are refused', async () => {
    const { roomId, ada } = await aRoom()
    const codeFor = (text: string) => codeOf(chat.api.sendMessage(as(ada), aSend(roomId, text)))
    for (const blank of [' ', '\n\t ', '\u200b\u200b', '\u3164', '\u2800', '\u00ad', '\u202e\u202c']) {
      expect(await codeFor(blank)).toBe('message_empty')
    }
    expect(await codeFor('a'.repeat(10_001))).toBe('message_too_long')
    expect(await codeFor('👍🏽'.repeat(10_000))).toBe('none')
    expect(await codeFor('가'.normalize('NFD').repeat(10_000))).toBe('none')
    expect(await codeFor('a'.repeat(40_001))).toBe('invalid_request')
    expect(await codeFor('a\0b')).toBe('invalid_request')
    expect(await codeFor('a\ud800b')).toBe('invalid_request')
  })

  test('every naughty string is stored exactly or refused by code', async () => {
    const { roomId, ada, ben } = await aRoom()
    const stored: string[] = []
    const codes = new Set<string>()
    for (const text of naughtyStrings) {
      const code = await codeOf(chat.api.sendMessage(as(ada), aSend(roomId, text)))
      codes.add(code)
      if (code === 'none') stored.push(text.replace(/\r\n?/g, '\n').normalize('NFC'))
    }
    const read: string[] = []
    for (let after = 0; ;) {
      const page = await chat.api.listMessages(as(ben), { roomId, after, limit: 200 })
      read.push(...page.messages.map((message) => message.text))
      if (!page.hasAfter) break
      after = page.messages.at(-1)?.seq ?? 0
    }
    expect(read).toEqual(stored)
    expect(stored.length).toBeGreaterThan(400)
    expect([...codes].sort()).toEqual(['invalid_request', 'message_empty', 'none'])
  })

  test('a non-member is refused as if the room were not there', async () => {
    const { roomId } = await aRoom()
    const eve = await chat.addPerson()
    expect(await codeOf(chat.api.sendMessage(as(eve), aSend(roomId)))).toBe('room_not_found')
  })
})

describe('deleting for everyone', () => {
  test('takes the words out of history, the log, the list and the retry’s hash', async () => {
    const { roomId, ada, ben } = await aRoom()
    const send = aSend(roomId, 'a secret word')
    const { seq } = await chat.api.sendMessage(as(ada), send)
    chat.clock.advance(1_000)
    await chat.api.deleteMessage(as(ada), { roomId, seq })
    const at = chat.clock.now()
    expect((await chat.api.listMessages(as(ben), { roomId })).messages).toMatchObject([
      { seq, text: '', deletedAt: at },
    ])
    expect((await chat.api.getRoom(as(ben), { roomId })).lastMessage).toMatchObject({
      text: '',
      deletedAt: at,
    })
    const { events } = await chat.api.readRoomEvents(asService, { roomId, afterSeq: 1, limit: 10 })
    expect(events.map(({ event }) => event)).toMatchObject([
      { kind: 'message-created', message: { text: '', deletedAt: at } },
      { kind: 'message-deleted', targetSeq: seq },
    ])
    for (const table of ['room_events', 'messages']) {
      expect(JSON.stringify(await chat.database.reader(table).where('room_id', roomId))).not.toContain(
        'secret',
      )
    }
    expect(await chat.database.reader('room_events').where({ room_id: roomId, seq }).first()).toMatchObject({
      payload_hash: null,
    })
    expect(await chat.api.sendMessage(as(ada), send)).toMatchObject({ seq, repeated: true })
  })

  test('repeating it is harmless, others may not, and only for 24 hours', async () => {
    const { roomId, ada, ben } = await aRoom()
    const one = await chat.api.sendMessage(as(ada), aSend(roomId, 'one'))
    const two = await chat.api.sendMessage(as(ada), aSend(roomId, 'two'))
    await chat.api.deleteMessage(as(ada), { roomId, seq: one.seq })
    const head = (await chat.api.getRoom(as(ada), { roomId })).head
    await chat.api.deleteMessage(as(ada), { roomId, seq: one.seq })
    expect((await chat.api.getRoom(as(ada), { roomId })).head).toBe(head)
    expect(await codeOf(chat.api.deleteMessage(as(ben), { roomId, seq: two.seq }))).toBe('forbidden')
    expect(await codeOf(chat.api.deleteMessage(as(ada), { roomId, seq: 1 }))).toBe('message_not_found')
    expect(await codeOf(chat.api.deleteMessage(as(ada), { roomId, seq: 99 }))).toBe('message_not_found')
    chat.clock.advance(24 * hourMs)
    expect(await codeOf(chat.api.deleteMessage(as(ada), { roomId, seq: two.seq }))).toBe('none')
    const three = await chat.api.sendMessage(as(ada), aSend(roomId, 'three'))
    chat.clock.advance(24 * hourMs + 1)
    expect(await codeOf(chat.api.deleteMessage(as(ada), { roomId, seq: three.seq }))).toBe('delete_too_late')
  })

  test('sent and deleted in one transaction', async () => {
    const { roomId, ada } = await aRoom()
    const [sent] = await Promise.all([
      chat.api.sendMessage(as(ada), aSend(roomId)),
      chat.api.deleteMessage(as(ada), { roomId, seq: 2 }),
    ])
    expect((await chat.api.listMessages(as(ada), { roomId })).messages).toMatchObject([
      { seq: sent.seq, text: '' },
    ])
  })
})

describe('history', () => {
  const fill = async (count: number) => {
    const { roomId, ada, ben } = await aRoom()
    for (let at = 1; at <= count; at += 1) {
      await chat.api.sendMessage(as(at % 2 ? ada : ben), aSend(roomId, `m${at}`))
      if (at % 4 === 0) await chat.api.renameRoom(as(ada), { roomId, name: `n${at}` })
    }
    return { roomId, ada }
  }

  test.each(['before', 'after'] as const)('pages %s cover everything once, notices too', async (way) => {
    const { roomId, ada } = await fill(21)
    const lines: { seq: number }[] = []
    let place: number | undefined = way === 'after' ? 0 : undefined
    for (let pages = 0; pages < 20; pages += 1) {
      const page = await chat.api.listMessages(as(ada), {
        roomId,
        limit: 5,
        ...(place === undefined ? {} : { [way]: place }),
      })
      lines.push(...page.messages, ...page.notices)
      if (!(way === 'after' ? page.hasAfter : page.hasBefore)) break
      place = (way === 'after' ? page.messages.at(-1) : page.messages[0])?.seq
    }
    const seqs = lines.map((line) => line.seq).sort((a, b) => a - b)
    const { head } = await chat.api.getRoom(as(ada), { roomId })
    expect(seqs).toEqual(Array.from({ length: head }, (_, at) => at + 1))
  })

  test('around shows both sides, also at the ends', async () => {
    const { roomId, ada } = await fill(20)
    for (const around of [0, 1, 2, 12, 25, 26, 999]) {
      const page = await chat.api.listMessages(as(ada), { roomId, around, limit: 6 })
      const seqs = page.messages.map((message) => message.seq)
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b))
      expect(seqs.length).toBeGreaterThanOrEqual(3)
      const isInside = around > 1 && around < 26
      if (isInside) expect(Math.min(...seqs) <= around && Math.max(...seqs) >= around - 1).toBe(true)
    }
  })

  test('at most one place may be asked for', async () => {
    const { roomId, ada } = await aRoom()
    expect(await codeOf(chat.api.listMessages(as(ada), { roomId, before: 3, after: 1 }))).toBe(
      'invalid_request',
    )
  })
})

describe('sync', () => {
  test('gives what is missing in order, 200 a room, and says when there is more', async () => {
    const { roomId, ada, ben } = await aRoom()
    await Promise.all(
      Array.from({ length: 250 }, (_, at) => chat.api.sendMessage(as(ada), aSend(roomId, `m${at}`))),
    )
    const first = (await chat.api.syncRooms(as(ben), { rooms: [{ roomId, have: 0 }] })).rooms[0]
    expect(first).toMatchObject({ head: 251, more: true, reset: false })
    expect(first?.events.map((event) => event.seq)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1))
    const rest = (await chat.api.syncRooms(as(ben), { rooms: [{ roomId, have: 200 }] })).rooms[0]
    expect(rest?.events).toHaveLength(51)
    expect(rest?.more).toBe(false)
    const none = (await chat.api.syncRooms(as(ben), { rooms: [{ roomId, have: 251 }] })).rooms[0]
    expect(none).toMatchObject({ events: [], more: false, reset: false })
    const ahead = (await chat.api.syncRooms(as(ben), { rooms: [{ roomId, have: 252 }] })).rooms[0]
    expect(ahead).toMatchObject({ events: [], reset: true })
  })

  test('a reply ends at 2,000 events and names the rooms that are left', async () => {
    const ada = await chat.addPerson()
    const ben = await chat.addPerson()
    const roomIds: string[] = []
    for (let at = 0; at < 11; at += 1) {
      const { roomId } = await chat.api.createGroup(as(ada), { userIds: [ben] })
      roomIds.push(roomId)
      await Promise.all(Array.from({ length: 200 }, () => chat.api.sendMessage(as(ada), aSend(roomId))))
    }
    const reply = await chat.api.syncRooms(as(ben), { rooms: roomIds.map((roomId) => ({ roomId, have: 0 })) })
    expect(reply.rooms).toHaveLength(10)
    expect(reply.rest).toEqual([roomIds.at(-1)])
    expect(reply.rooms.every((room) => room.events.length === 200 && room.more)).toBe(true)
  }, 60_000)

  test('heads tell of what was committed, from memory and from the database', async () => {
    const { roomId, ada, ben } = await aRoom()
    const before = await chat.api.recentHeads(asService, {})
    await chat.api.sendMessage(as(ada), aSend(roomId))
    const since = { epoch: before.epoch, since: before.position }
    const head = { roomId, head: 2, membershipRev: 1, cursorRev: 0 }
    expect((await chat.api.recentHeads(asService, since)).rooms).toEqual([head])
    const asked = { roomIds: [roomId, uuidv7()], userIds: [ada] }
    const { rooms, users } = await chat.api.listHeads(asService, asked)
    expect(rooms).toEqual([head])
    expect(users).toEqual([{ userId: ada, head: (await chat.api.syncUser(as(ada), { have: 0 })).head }])
    const subscriptions = await chat.api.listSubscriptions(as(ben), {})
    expect(subscriptions.rooms).toContainEqual(head)
    expect(subscriptions.rooms).toHaveLength(2)
  })

  test('gateways are told who of their users is a member', async () => {
    const { roomId, ada, ben } = await aRoom()
    const eve = await chat.addPerson()
    const all = { roomId, userIds: [ada, ben, eve] }
    expect(await chat.api.filterMembers(asService, all)).toEqual({
      membershipRev: 1,
      userIds: expect.toSatisfy((ids: string[]) => ids.length === 2 && !ids.includes(eve)),
      memberCount: 2,
    })
    await chat.api.removeMember(as(ada), { roomId, userId: ben })
    expect(await chat.api.filterMembers(asService, all)).toEqual({
      membershipRev: 2,
      userIds: [ada],
      memberCount: 1,
    })
    const absent = { roomId: uuidv7(), userIds: [ada] }
    expect(await chat.api.filterMembers(asService, absent)).toEqual({
      membershipRev: 0,
      userIds: [],
      memberCount: 0,
    })
  })
})
