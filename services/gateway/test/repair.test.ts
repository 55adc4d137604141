import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import type { ServerEvent } from '@our-now/contracts/socket.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callAs, closing, connect, signUp, type Connected, type Person } from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

let stack: Stack
let ada: Person
let bob: Person
let roomId: string
let reads: { room: number; user: number }
beforeEach(async () => {
  reads = { room: 0, user: 0 }
  stack = await startStack({
    wrapApis: (apis) => ({
      ...apis,
      chat: {
        ...apis.chat,
        readRoomEvents: (context, request) => {
          reads.room += 1
          return apis.chat.readRoomEvents(context, request)
        },
        readUserEvents: (context, request) => {
          reads.user += 1
          return apis.chat.readUserEvents(context, request)
        },
      },
    }),
  })
  ada = await signUp(stack.url)
  bob = await signUp(stack.url)
  roomId = String(
    (await callAs(ada, 'POST', '/api/rooms', { name: 'room', userIds: [bob.userId] })).body?.['roomId'],
  )
})
afterEach(() => stack.close())

const send = (from: Connected, text: string) =>
  from.command('message:send', { roomId, clientMessageId: randomUUID(), text })
const textsOf = (to: Connected): string[] =>
  to
    .pushed<RoomEvent>('room:event')
    .flatMap((event) => (event.kind === 'message-created' ? [event.message.text] : []))
const tellSecret = async (from: Connected, roomId: string) => {
  await from.command('message:send', { roomId, clientMessageId: randomUUID(), text: 'secret' })
  await expect.poll(() => textsOf(from)).toEqual(['secret'])
}
const seqsOf = (to: Connected): number[] =>
  to.pushed<RoomEvent>('room:event').flatMap((event) => (event.roomId === roomId ? [event.seq] : []))
/** Lets something happen once between an answer of chat and its arrival at the gateway. */
function createRace() {
  let meanwhile: (() => Promise<unknown>) | undefined
  return {
    set: (next: () => Promise<unknown>) => {
      meanwhile = next
    },
    after:
      <A extends unknown[], R>(read: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        const answer = await read(...args)
        const next = meanwhile
        meanwhile = undefined
        await next?.()
        return answer
      },
  }
}
const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n))

test('with a hub that loses, doubles and reorders, everybody hears everything once and in order', async () => {
  const [adas, bobs, others] = [await connect(ada), await connect(bob), await connect(bob)]
  let n = 0
  stack.hub.setFault((published, deliver) => {
    const fate = n++ % 5
    if (fate === 0) return
    if (fate === 1) setTimeout(() => deliver(published), 15)
    else deliver(published)
    if (fate === 2) deliver(published)
    if (fate === 3) setTimeout(() => deliver(published), 40)
  })
  for (const text of numbers(60)) await send(adas, text)
  for (const to of [bobs, others, adas]) {
    await expect.poll(() => textsOf(to).length).toBe(60)
    expect(textsOf(to)).toEqual(numbers(60))
    expect(seqsOf(to)).toEqual(seqsOf(to).toSorted((a, b) => a - b))
  }
})

test('a lost push costs one read for all sockets together', async () => {
  const adas = await connect(ada)
  const listeners = [await connect(bob), await connect(bob), await connect(bob)]
  stack.hub.setFault(() => undefined)
  await send(adas, 'lost')
  stack.hub.setFault(undefined)
  await send(adas, 'arrived')
  for (const to of listeners) await expect.poll(() => textsOf(to)).toEqual(['lost', 'arrived'])
  expect(reads.room).toBe(1)
})

test('R8: the last push before silence is found by its head', async () => {
  const [adas, bobs] = [await connect(ada), await connect(bob)]
  stack.hub.setFault(() => undefined)
  await send(adas, 'the last one')
  await expect.poll(() => textsOf(bobs)).toEqual(['the last one'])
})

test('with no pushes at all everything still arrives', async () => {
  const [adas, bobs] = [await connect(ada), await connect(bob)]
  stack.hub.setFault(() => undefined)
  for (const text of numbers(20)) await send(adas, text)
  await expect.poll(() => textsOf(bobs)).toEqual(numbers(20))
})

test('after the hub was disturbed everything is compared with the database', async () => {
  // No heads to help: only the check does.
  const quiet = await startStack({ settings: { GATEWAY_HEADS_INTERVAL_MS: '60000' } })
  const [one, two] = [await signUp(quiet.url), await signUp(quiet.url)]
  const direct = String((await callAs(one, 'PUT', `/api/direct-rooms/${two.userId}`)).body?.['roomId'])
  const [ones, twos] = [await connect(one), await connect(two)]
  await ones.command('message:send', { roomId: direct, clientMessageId: randomUUID(), text: 'first' })
  await expect.poll(() => textsOf(twos)).toEqual(['first'])
  // What was just joined is checked once by itself; that is over then.
  await new Promise((resolve) => setTimeout(resolve, 2_200))
  quiet.hub.setFault(() => undefined)
  await ones.command('message:send', { roomId: direct, clientMessageId: randomUUID(), text: 'lost' })
  quiet.hub.disturb()
  await expect.poll(() => textsOf(twos), { timeout: 5_000 }).toEqual(['first', 'lost'])
  await quiet.close()
})

test('what a replica of chat committed and told nobody is found while it stays away', async () => {
  let isGone = false
  const lonely = await startStack({
    wrapApis: (apis) => ({
      ...apis,
      chat: {
        ...apis.chat,
        recentHeads: async (context, request) => {
          if (isGone) throw new Error('no such replica')
          return apis.chat.recentHeads(context, request)
        },
      },
    }),
  })
  const [one, two] = [await signUp(lonely.url), await signUp(lonely.url)]
  const direct = String((await callAs(one, 'PUT', `/api/direct-rooms/${two.userId}`)).body?.['roomId'])
  const [ones, twos] = [await connect(one), await connect(two)]
  await ones.command('message:send', { roomId: direct, clientMessageId: randomUUID(), text: 'first' })
  await expect.poll(() => textsOf(twos)).toEqual(['first'])
  await new Promise((resolve) => setTimeout(resolve, 2_200))
  lonely.hub.setFault(() => undefined)
  isGone = true
  await ones.command('message:send', { roomId: direct, clientMessageId: randomUUID(), text: 'untold' })
  await expect.poll(() => textsOf(twos), { timeout: 5_000 }).toEqual(['first', 'untold'])
  await lonely.close()
})

test('after a backup was restored the sockets are told the lower head and hear what comes next', async () => {
  let isRestored = false
  let head = 0
  const local = await startStack({
    wrapApis: (apis) => ({
      ...apis,
      chat: {
        ...apis.chat,
        listHeads: async (context, request) => {
          const answer = await apis.chat.listHeads(context, request)
          const rooms = answer.rooms.map((room) => ({ ...room, head: isRestored ? head : room.head }))
          return { ...answer, rooms }
        },
        readRoomEvents: (context, request) =>
          isRestored ? Promise.resolve({ head, events: [] }) : apis.chat.readRoomEvents(context, request),
      },
    }),
  })
  const [one, two] = [await signUp(local.url), await signUp(local.url)]
  const direct = String((await callAs(one, 'PUT', `/api/direct-rooms/${two.userId}`)).body?.['roomId'])
  const [ones, twos] = [await connect(one), await connect(two)]
  for (const text of ['kept', 'lost', 'lost too'])
    await ones.command('message:send', { roomId: direct, clientMessageId: randomUUID(), text })
  await expect.poll(() => textsOf(twos).length).toBe(3)
  const last = twos.pushed<RoomEvent>('room:event').at(-1)
  head = (last?.seq ?? 0) - 2
  isRestored = true
  local.hub.disturb()
  await expect
    .poll(() => twos.pushed<ServerEvent<'room:heads'>>('room:heads').flatMap(({ rooms }) => rooms), {
      timeout: 5_000,
    })
    .toContainEqual({ roomId: direct, head, cursorRev: 0 })
  await local.close()
})

test('R7: a message written while somebody connects is not missed', async () => {
  const adas = await connect(ada)
  const sending = Promise.all(numbers(40).map((text) => send(adas, text)))
  const bobs = await connect(bob)
  const { rooms } = await bobs.command('room:sync', { rooms: [{ roomId, have: 0 }] })
  await sending
  const synced = new Set((rooms[0]?.events ?? []).map(({ seq }) => seq))
  await expect.poll(() => new Set([...synced, ...seqsOf(bobs)]).size).toBe(41)
})

describe("a person's own log", () => {
  test('brings a new room also when every push about it was lost, and what is said there', async () => {
    const [adas, bobs] = [await connect(ada), await connect(bob)]
    stack.hub.setFault(() => undefined)
    const made = await callAs(ada, 'POST', '/api/rooms', { name: 'hidden', userIds: [bob.userId] })
    const hiddenId = String(made.body?.['roomId'])
    const joined = () =>
      bobs
        .pushed<UserEvent>('user:event')
        .some((event) => event.kind === 'room-joined' && event.room.roomId === hiddenId)
    await expect.poll(joined).toBe(true)
    await adas.command('message:send', { roomId: hiddenId, clientMessageId: randomUUID(), text: 'welcome' })
    await expect.poll(() => textsOf(bobs)).toEqual(['welcome'])
    expect(reads.user).toBeGreaterThan(0)
  })

  test('reaches every device once and in order over a bad hub', async () => {
    const devices = [await connect(ada), await connect(ada)]
    let n = 0
    stack.hub.setFault((published, deliver) => {
      if (n++ % 3 === 0) return
      deliver(published)
      deliver(published)
    })
    for (let turn = 0; turn < 12; turn++)
      await callAs(ada, 'PATCH', `/api/rooms/${roomId}/membership`, { isMuted: turn % 2 === 0 })
    for (const device of devices) {
      const mutes = () =>
        device
          .pushed<UserEvent>('user:event')
          .flatMap((event) => (event.kind === 'membership-changed' ? [event.isMuted] : []))
      await expect.poll(() => mutes().length).toBe(12)
      expect(mutes()).toEqual(Array.from({ length: 12 }, (_, turn) => turn % 2 === 0))
    }
  })
})

describe('whoever is not a member any more', () => {
  const remove = () => callAs(ada, 'DELETE', `/api/rooms/${roomId}/members/${bob.userId}`)

  test('hears nothing that was said afterwards', async () => {
    const [adas, bobs] = [await connect(ada), await connect(bob)]
    expect((await remove()).status).toBe(200)
    await send(adas, 'behind his back')
    await expect.poll(() => textsOf(adas)).toEqual(['behind his back'])
    expect(textsOf(bobs)).toEqual([])
    expect(bobs.pushed<UserEvent>('user:event').at(-1)).toMatchObject({ kind: 'room-left', roomId })
    expect(
      await bobs.ask('message:send', { roomId, clientMessageId: randomUUID(), text: 'x' }),
    ).toMatchObject({
      failure: { code: 'room_not_found' },
    })
  })

  test('R11: is taken out also when every push about it was lost', async () => {
    const [adas, bobs] = [await connect(ada), await connect(bob)]
    stack.hub.setFault(() => undefined)
    await remove()
    const left = () => bobs.pushed<UserEvent>('user:event').some(({ kind }) => kind === 'room-left')
    await expect.poll(left).toBe(true)
    stack.hub.setFault(undefined)
    await send(adas, 'behind his back')
    await expect.poll(() => textsOf(adas)).toEqual(['behind his back'])
    expect(textsOf(bobs)).toEqual([])
  })

  test('is taken out by the room itself when only the own log is away', async () => {
    const local = await startStack({
      wrapApis: (apis) => ({
        ...apis,
        chat: {
          ...apis.chat,
          readUserEvents: async () => {
            throw new Error('away')
          },
        },
      }),
    })
    const [owner, member] = [await signUp(local.url), await signUp(local.url)]
    const made = await callAs(owner, 'POST', '/api/rooms', { name: 'r', userIds: [member.userId] })
    const id = String(made.body?.['roomId'])
    const [owners, members] = [await connect(owner), await connect(member)]
    local.hub.setFault(({ name }, deliver) => void (name !== 'user:events' && deliver))
    await callAs(owner, 'DELETE', `/api/rooms/${id}/members/${member.userId}`)
    const gone = () => members.pushed<RoomEvent>('room:event').some(({ kind }) => kind === 'member-left')
    await expect.poll(gone).toBe(true)
    local.hub.setFault(undefined)
    await tellSecret(owners, id)
    expect(textsOf(members)).toEqual([])
    await local.close()
  })

  test('and was removed while connecting, hears nothing', async () => {
    const race = createRace()
    const local = await startStack({
      wrapApis: (apis) => ({
        ...apis,
        chat: {
          ...apis.chat,
          listSubscriptions: race.after(apis.chat.listSubscriptions),
        },
      }),
    })
    const [owner, member] = [await signUp(local.url), await signUp(local.url)]
    const made = await callAs(owner, 'POST', '/api/rooms', { name: 'r', userIds: [member.userId] })
    const id = String(made.body?.['roomId'])
    const [owners, earlier] = [await connect(owner), await connect(member)]
    await callAs(owner, 'PATCH', `/api/rooms/${id}`, { name: 'known to the gateway' })
    race.set(() => callAs(owner, 'DELETE', `/api/rooms/${id}/members/${member.userId}`))
    const later = await connect(member)
    // The check gathers for a moment.
    await new Promise((resolve) => setTimeout(resolve, 300))
    await tellSecret(owners, id)
    // Pushes and answers of one socket keep their order.
    for (const socket of [earlier, later]) await socket.ask('presence:set-visible', { isVisible: true })
    expect([...textsOf(earlier), ...textsOf(later)]).toEqual([])
    await local.close()
  })

  test('and was removed while opening the room, hears nothing', async () => {
    const race = createRace()
    const local = await startStack({
      settings: { GATEWAY_HEADS_INTERVAL_MS: '60000' },
      wrapApis: (apis) => ({
        ...apis,
        chat: {
          ...apis.chat,
          listCursors: race.after(apis.chat.listCursors),
        },
      }),
    })
    const [owner, member] = [await signUp(local.url), await signUp(local.url)]
    const [owners, members] = [await connect(owner), await connect(member)]
    // The room goes on for its owner; only the member's own log does not arrive.
    local.hub.setFault((published, deliver) => {
      if (published.channel !== `user:${member.userId}`) deliver(published)
    })
    const made = await callAs(owner, 'POST', '/api/rooms', { name: 'r', userIds: [member.userId] })
    const id = String(made.body?.['roomId'])
    race.set(() => callAs(owner, 'DELETE', `/api/rooms/${id}/members/${member.userId}`))
    expect(await members.ask('room:open', { roomId: id })).toMatchObject({
      failure: { code: 'room_not_found' },
    })
    await tellSecret(owners, id)
    await members.ask('presence:set-visible', { isVisible: true })
    expect(textsOf(members)).toEqual([])
    await local.close()
  })

  test('but came back while the members were asked for, stays', async () => {
    const race = createRace()
    const local = await startStack({
      wrapApis: (apis) => ({
        ...apis,
        chat: {
          ...apis.chat,
          filterMembers: race.after(apis.chat.filterMembers),
          // Only the check of the members takes somebody out here.
          readRoomEvents: async () => {
            throw new Error('away')
          },
          readUserEvents: async () => {
            throw new Error('away')
          },
        },
      }),
    })
    const [owner, member] = [await signUp(local.url), await signUp(local.url)]
    const made = await callAs(owner, 'POST', '/api/rooms', { name: 'r', userIds: [member.userId] })
    const id = String(made.body?.['roomId'])
    const [, members] = [await connect(owner), await connect(member)]
    await callAs(owner, 'PATCH', `/api/rooms/${id}`, { name: 'known to the gateway' })
    local.hub.setFault(() => undefined)
    const cameBack = new Promise<void>((resolve) => {
      race.set(async () => {
        local.hub.setFault(undefined)
        await callAs(owner, 'POST', `/api/rooms/${id}/members`, { userIds: [member.userId] })
        resolve()
      })
    })
    await callAs(owner, 'DELETE', `/api/rooms/${id}/members/${member.userId}`)
    await cameBack
    await new Promise((resolve) => setTimeout(resolve, 300))
    // Whoever stayed in the channel may say that they type; a stranger may not.
    expect(await members.ask('typing:start', { roomId: id })).toMatchObject({ ok: true })
    await local.close()
  })

  test('and comes back, hears again', async () => {
    const [adas, bobs] = [await connect(ada), await connect(bob)]
    await remove()
    await callAs(ada, 'POST', `/api/rooms/${roomId}/members`, { userIds: [bob.userId] })
    await send(adas, 'welcome back')
    await expect.poll(() => textsOf(bobs)).toEqual(['welcome back'])
  })
})

test('who blocks the author gets the place of a message and nothing of it', async () => {
  const direct = String((await callAs(ada, 'PUT', `/api/direct-rooms/${bob.userId}`)).body?.['roomId'])
  const [adas, bobs] = [await connect(ada), await connect(bob)]
  const say = (text: string) =>
    adas.command('message:send', { roomId: direct, clientMessageId: randomUUID(), text })
  const kinds = (to: Connected) =>
    to.pushed<RoomEvent>('room:event').flatMap((event) => (event.roomId === direct ? [event.kind] : []))
  await say('heard')
  await callAs(bob, 'PUT', `/api/blocks/${ada.userId}`, { level: 'messages' })
  await say('unheard')
  await callAs(bob, 'DELETE', `/api/blocks/${ada.userId}`)
  await say('heard again')
  await expect.poll(() => kinds(bobs)).toEqual(['message-created', 'message-withheld', 'message-created'])
  expect(JSON.stringify(bobs.pushes)).not.toContain('unheard')
  await expect.poll(() => kinds(adas)).toEqual(Array(3).fill('message-created'))

  // The same by repair, which reads the raw log.
  await callAs(bob, 'PUT', `/api/blocks/${ada.userId}`, { level: 'messages' })
  stack.hub.setFault(() => undefined)
  await say('unheard by repair')
  await expect.poll(() => kinds(bobs).length).toBe(4)
  expect(JSON.stringify(bobs.pushes)).not.toContain('unheard')
})

describe('read cursors', () => {
  test('are pushed to who has the room open, and only to them', async () => {
    const [adas, bobs, closed] = [await connect(ada), await connect(bob), await connect(ada)]
    const { seq } = await send(adas, 'read me')
    const { cursors, cursorRev } = await adas.command('room:open', { roomId })
    expect(cursors?.map(({ userId }) => userId).toSorted()).toEqual([ada.userId, bob.userId].toSorted())
    await bobs.command('cursor:move', { roomId, seq })
    await expect
      .poll(() => adas.pushed<ServerEvent<'cursors:moved'>>('cursors:moved').at(-1)?.moves)
      .toEqual(expect.arrayContaining([expect.objectContaining({ userId: bob.userId, to: seq })]))
    expect(adas.pushed<ServerEvent<'cursors:moved'>>('cursors:moved').at(-1)?.cursorRev).toBeGreaterThan(
      cursorRev,
    )
    expect(closed.pushed('cursors:moved')).toEqual([])
  })

  test('that were lost are found by their rev', async () => {
    const [adas, bobs] = [await connect(ada), await connect(bob)]
    const { seq } = await send(adas, 'read me')
    const { cursorRev } = await adas.command('room:open', { roomId })
    stack.hub.setFault(() => undefined)
    await bobs.command('cursor:move', { roomId, seq })
    await expect
      .poll(() => adas.pushed<ServerEvent<'room:heads'>>('room:heads').at(-1)?.rooms, { timeout: 5_000 })
      .toEqual([{ roomId, head: seq, cursorRev: expect.any(Number) }])
    const [told] = adas.pushed<ServerEvent<'room:heads'>>('room:heads').at(-1)?.rooms ?? []
    expect(told?.cursorRev).toBeGreaterThan(cursorRev)
  })
})

test('a socket that does not read is left out, told the heads when it reads again, and cut when it never does', async () => {
  const local = await startStack({
    settings: {
      // Longer than the sends below take on a busy machine: only the one that never reads may be cut.
      GATEWAY_MAX_LAG_MS: '15000',
      GATEWAY_SOCKET_BYTES_BURST: '10000000',
      GATEWAY_SOCKET_BYTES_PER_SECOND: '1000000',
    },
  })
  const [one, two] = [await signUp(local.url), await signUp(local.url)]
  const id = String((await callAs(one, 'PUT', `/api/direct-rooms/${two.userId}`)).body?.['roomId'])
  const [ones, slow, stuck] = [await connect(one), await connect(two), await connect(two)]
  const streams = [slow, stuck].map(({ socket }) => {
    /** True for the stock client in Node, whose websocket is of ws. */
    const { ws } = socket.io.engine.transport as unknown as {
      ws: { _socket: { pause(): void; resume(): void } }
    }
    ws._socket.pause()
    return ws._socket
  })
  const cut = closing(stuck)
  // More than the kernel's buffers and ours together.
  const text = '가'.repeat(9_900)
  let head = 0
  for (let n = 0; n < 12; n++) {
    const sent = await Promise.all(
      Array.from({ length: 40 }, () =>
        ones.command('message:send', { roomId: id, clientMessageId: randomUUID(), text }),
      ),
    )
    head = Math.max(head, ...sent.map(({ seq }) => seq))
  }
  await expect.poll(() => ones.pushed<RoomEvent>('room:event').at(-1)?.seq, { timeout: 15_000 }).toBe(head)
  streams[0]?.resume()
  await expect
    .poll(() => slow.pushed<ServerEvent<'room:heads'>>('room:heads').flatMap(({ rooms }) => rooms), {
      timeout: 10_000,
    })
    .toContainEqual(expect.objectContaining({ roomId: id, head }))
  expect(slow.socket.connected).toBe(true)
  // Paused, its end would not hear of the cut; the server's side is closed after the lag.
  await new Promise((resolve) => setTimeout(resolve, 16_000))
  streams[1]?.resume()
  await cut
  expect(ones.socket.connected).toBe(true)
  await local.close()
}, 120_000)
