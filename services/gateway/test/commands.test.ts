import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  call,
  closing,
  callAs,
  connect,
  pageHeaders,
  signIn,
  signUp,
  type Connected,
  type Person,
} from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

let stack: Stack
let ada: Person
let bob: Person
let adas: Connected
let roomId: string
beforeAll(async () => {
  stack = await startStack()
  ada = await signUp(stack.url, 'ada')
  bob = await signUp(stack.url, 'bob')
  adas = await connect(ada)
  roomId = String((await callAs(ada, 'PUT', `/api/direct-rooms/${bob.userId}`)).body?.['roomId'])
})
afterAll(() => stack.close())

const aMessage = (text: string) => ({ roomId, clientMessageId: randomUUID(), text })

/** Nothing of this process runs meanwhile, the gateway as little as the client. */
const standStillFor = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

describe('a command', () => {
  test('that waited while the gateway stood still is not carried out: its connection is closed', async () => {
    const bobs = await connect(bob)
    const closed = closing(bobs)
    const message = aMessage('said to nobody')
    void bobs.ask('message:send', message).catch(() => undefined)
    // Written to the connection, not yet read at its other end.
    await new Promise((resolve) => process.nextTick(resolve))
    standStillFor(4_600)
    await closed
    const back = await connect(bob)
    expect(await back.command('message:send', message)).toMatchObject({ repeated: false })
    adas = await connect(ada)
  })

  test('is acknowledged when it is done, and a repeat is answered the same', async () => {
    const message = aMessage('안녕')
    const sent = await adas.command('message:send', message)
    expect(sent).toMatchObject({ roomId, clientMessageId: message.clientMessageId, repeated: false })
    expect(await adas.command('message:send', message)).toEqual({ ...sent, repeated: true })
    expect(await adas.ask('message:send', { ...message, text: 'other' })).toMatchObject({
      ok: false,
      failure: { code: 'conflict' },
    })
  })

  test.each([
    ['an unknown field', { role: 'owner' }, '/role'],
    ['a wrong type', { text: { a: 1 } }, '/text'],
    ['a missing text', { text: undefined }, '/text'],
    ['a seq of its own', { seq: 1 }, '/seq'],
    ['a malformed id', { roomId: '1 OR 1=1' }, '/roomId'],
    ['an oversize text', { text: 'x'.repeat(40_001) }, '/text'],
  ])('with %s is refused with its place, and nothing is written', async (_, change, field) => {
    const before = (await adas.command('room:sync', { rooms: [{ roomId, have: 0 }] })).rooms[0]?.head
    const reply = await adas.ask('message:send', { ...aMessage('x'), ...change })
    expect(reply).toMatchObject({ ok: false, failure: { code: 'invalid_request', field } })
    expect((await adas.command('room:sync', { rooms: [{ roomId, have: 0 }] })).rooms[0]?.head).toBe(before)
  })

  test.each([[null], ['text'], [7], [[]], [true]])('whose request is %j is refused', async (request) => {
    expect(await adas.ask('message:send', request)).toMatchObject({
      ok: false,
      failure: { code: 'invalid_request' },
    })
  })

  test.each([
    ['message:destroy'],
    ['constructor'],
    ['__proto__'],
    ['toString'],
    [''],
    ['room:event'],
    ['x'.repeat(10_000)],
  ])('that does not exist (%s) is answered so', async (name) => {
    expect(await adas.ask(name, {})).toMatchObject({ ok: false, failure: { code: 'invalid_request' } })
  })

  test('with two requests is refused; without an acknowledgement it is done all the same', async () => {
    expect(await adas.ask('room:close', { roomId }, { roomId })).toMatchObject({ ok: false })
    const text = `unanswered ${randomUUID()}`
    adas.socket.emit('message:send', aMessage(text))
    adas.socket.emit('message:send')
    adas.socket.emit('nonsense')
    await expect.poll(() => JSON.stringify(adas.pushed('room:event'))).toContain(text)
  })

  test('about a foreign room answers like about none', async () => {
    const stranger = await connect(await signUp(stack.url))
    for (const [name, rest] of [
      ['message:send', { clientMessageId: randomUUID(), text: 'x' }],
      ['room:open', {}],
      ['typing:start', {}],
      ['cursor:move', { seq: 1 }],
    ] as const) {
      const foreign = await stranger.ask(name, { roomId, ...rest })
      const absent = await stranger.ask(name, { roomId: randomUUID(), ...rest })
      expect(foreign, name).toEqual(absent)
      expect(foreign, name).toMatchObject({ ok: false, failure: { code: 'room_not_found' } })
    }
    const synced = await stranger.command('room:sync', { rooms: [{ roomId, have: 0 }] })
    expect(synced).toMatchObject({ rooms: [], gone: [roomId] })
    stranger.socket.disconnect()
  })
})

test('a message over 64 KiB, binary and broken packets end their connection and nothing else', async () => {
  for (const send of [
    ({ socket }: Connected) => socket.emit('message:send', aMessage('x'.repeat(70_000))),
    ({ socket }: Connected) => socket.emit('message:send', { bytes: Buffer.from([1, 2, 3]) }),
    ({ socket }: Connected) => rawSend(socket, '451-["message:send",{"_placeholder":true,"num":0}]'),
    ({ socket }: Connected) => rawSend(socket, '42{"not":"a list"}'),
    ({ socket }: Connected) => rawSend(socket, '4999'),
    ({ socket }: Connected) => rawSend(socket, 'garbage'),
  ]) {
    const connected = await connect(bob)
    const closed = closing(connected)
    send(connected)
    await closed
  }
  expect((await adas.command('message:send', aMessage('still here'))).repeated).toBe(false)
})

/** Writes an Engine.IO packet that the client would never make. */
function rawSend(socket: Connected['socket'], packet: string): void {
  /** True for the stock client in Node, whose websocket is of ws. */
  const { ws } = socket.io.engine.transport as unknown as { ws: { send(data: string): void } }
  ws.send(packet)
}

describe('budgets', () => {
  test('of a socket refuse with the wait, for all commands and for sends', async () => {
    const local = await startStack({
      settings: {
        GATEWAY_SOCKET_SENDS_BURST: '3',
        GATEWAY_SOCKET_SENDS_PER_SECOND: '0.1',
        GATEWAY_SOCKET_COMMANDS_BURST: '6',
        GATEWAY_SOCKET_COMMANDS_PER_SECOND: '0.1',
      },
    })
    const person = await connect(await signUp(local.url))
    const message = () => ({ roomId: randomUUID(), clientMessageId: randomUUID(), text: 'x' })
    const codes = []
    for (let n = 0; n < 4; n++) codes.push(await person.ask('message:send', message()))
    expect(codes.slice(0, 3)).toEqual(
      Array(3).fill(
        expect.objectContaining({ failure: expect.objectContaining({ code: 'room_not_found' }) }),
      ),
    )
    expect(codes[3]).toMatchObject({ failure: { code: 'rate_limited', retryAfterMs: expect.any(Number) } })
    for (let n = 0; n < 2; n++)
      expect(await person.ask('presence:set-visible', { isVisible: true })).toMatchObject({ ok: true })
    expect(await person.ask('presence:set-visible', { isVisible: true })).toMatchObject({
      failure: { code: 'rate_limited' },
    })
    await local.close()
  })

  test('of a person count over all sockets, of an address over everybody', async () => {
    const local = await startStack({
      settings: {
        GATEWAY_USER_COMMANDS_BURST: '4',
        GATEWAY_USER_COMMANDS_PER_SECOND: '0.1',
        GATEWAY_ROUTE_CALLS_BURST: '3',
        GATEWAY_ROUTE_CALLS_PER_SECOND: '0.1',
        GATEWAY_ADDRESS_SIGN_INS_BURST: '3',
        GATEWAY_ADDRESS_SIGN_INS_PER_SECOND: '0.1',
      },
    })
    const person = await signUp(local.url)
    const sockets = [await connect(person), await connect(person)]
    const replies = []
    for (let n = 0; n < 6; n++)
      replies.push(await sockets[n % 2]?.ask('presence:set-visible', { isVisible: true }))
    expect(replies.map((reply) => reply?.ok)).toEqual([true, true, true, true, false, false])

    const statuses = []
    for (let n = 0; n < 4; n++) statuses.push((await callAs(person, 'GET', '/api/me')).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await callAs(person, 'GET', '/api/rooms')).status).toBe(200)

    await signUp(local.url)
    await signUp(local.url)
    const answer = await call(local.url, 'POST', '/api/auth/sign-in', { body: {} })
    expect(answer.body).toMatchObject({ code: 'rate_limited' })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    await local.close()
  })

  test('of bytes close a socket that floods', async () => {
    const local = await startStack({
      settings: { GATEWAY_SOCKET_BYTES_BURST: '100000', GATEWAY_SOCKET_BYTES_PER_SECOND: '1' },
    })
    const { socket } = await connect(await signUp(local.url))
    const closed = closing({ socket })
    for (let n = 0; n < 10; n++) socket.emit('message:send', { text: 'x'.repeat(20_000) })
    await closed
    await local.close()
  })
})

test('a handler that crashes is told as internal and ends nothing', async () => {
  const local = await startStack({
    wrapApis: (apis) => ({
      ...apis,
      chat: {
        ...apis.chat,
        syncUser: () => {
          throw new TypeError('secret detail')
        },
      },
    }),
  })
  const person = await connect(await signUp(local.url))
  const reply = await person.ask('user:sync', { have: 0 })
  expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } })
  expect(JSON.stringify(reply)).not.toContain('secret')
  expect(await person.ask('presence:set-visible', { isVisible: false })).toMatchObject({ ok: true })
  await local.close()
})

test('a connection whose rooms cannot be read is closed, so that the client tries again', async () => {
  let isAway = true
  const local = await startStack({
    wrapApis: (apis) => ({
      ...apis,
      chat: {
        ...apis.chat,
        listSubscriptions: (context, request) => {
          if (isAway) throw new Error('away')
          return apis.chat.listSubscriptions(context, request)
        },
      },
    }),
  })
  const person = await signUp(local.url)
  await expect(connect(person)).rejects.toThrow('closed before')
  isAway = false
  expect((await connect(person)).socket.connected).toBe(true)
  await local.close()
})

describe('the access token of a socket', () => {
  test('R12: is replaced while the socket lives; an expired one closes an idle socket', async () => {
    const local = await startStack()
    const person = await signUp(local.url)
    const late = await connect(person)
    const renewed = await connect(person)
    local.advance(9 * 60_000)
    const answer = await call(local.url, 'POST', '/api/auth/refresh', {
      headers: { ...pageHeaders(local.url), cookie: person.cookie },
    })
    const accessToken = String(answer.body?.['accessToken'])
    const { expiresAt } = await renewed.command('auth:refresh', { accessToken })
    expect(expiresAt).toBe(answer.body?.['accessTokenExpiresAt'])
    const closed = closing(late)
    local.advance(60_000 + 31_000)
    await closed
    expect(renewed.socket.connected).toBe(true)
    await local.close()
  })

  test('cannot become that of somebody else or of another session', async () => {
    const second = await signIn(stack.url, 'ada')
    for (const { accessToken } of [bob, second]) {
      await expect(adas.command('auth:refresh', { accessToken })).rejects.toMatchObject({
        code: 'unauthenticated',
      })
    }
    await expect(adas.command('auth:refresh', { accessToken: 'x' })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })
})

describe('an ended session', () => {
  test('closes its sockets at once and says why; others stay', async () => {
    const second = await signIn(stack.url, 'bob')
    const [stays, goes] = [await connect(bob), await connect(second)]
    const closed = closing(goes)
    await callAs(bob, 'DELETE', `/api/auth/sessions/${second.sessionId}`)
    await closed
    expect(goes.pushes.at(-1)).toEqual(['session:ended', {}])
    expect(stays.socket.connected).toBe(true)
    stays.socket.disconnect()
  })

  test('closes its sockets also when the push about it was lost', async () => {
    const second = await signIn(stack.url, 'bob')
    const goes = await connect(second)
    stack.hub.setFault(() => undefined)
    const closed = closing(goes)
    await callAs(bob, 'DELETE', `/api/auth/sessions/${second.sessionId}`)
    await closed
    stack.hub.setFault(undefined)
    expect(goes.pushes.at(-1)).toEqual(['session:ended', {}])
    await expect(connect(second)).rejects.toMatchObject({ data: { code: 'session_ended' } })
  })
})
