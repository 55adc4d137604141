import { protocolVersion } from '@our-now/contracts/socket.ts'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closing, connect, createSocket, refusalOf, signIn, signUp, type Person } from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

let stack: Stack
let ada: Person
beforeAll(async () => {
  stack = await startStack({
    settings: {
      GATEWAY_PUBLIC_URL: 'https://chat.example',
      GATEWAY_EXTRA_ORIGINS: 'https://second.example:8443',
    },
  })
  ada = await signUp(stack.url, 'ada')
})
afterAll(() => stack.close())

/** First byte of a websocket's closing frame. */
const closeFrame = 0x88

/** The status that a websocket handshake is answered with. */
function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        ...headers,
      },
    })
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}

test.each([
  ['https://chat.example', 101],
  ['https://second.example:8443', 101],
  ['http://chat.example', 400],
  ['https://chat.example:8443', 400],
  ['https://chat.example:443', 400],
  ['https://chat.example.evil.example', 400],
  ['https://evilchat.example', 400],
  ['https://sub.chat.example', 400],
  ['https://chat.example/', 400],
  ['HTTPS://CHAT.EXAMPLE', 400],
  ['null', 400],
  ['https://ch\u00e4t.example', 400],
  ['http://localhost:8080', 400],
  [undefined, 400],
])('a websocket from origin %s is answered %i', async (origin, status) => {
  expect(await upgradeStatus(stack.url, origin === undefined ? {} : { origin })).toBe(status)
})

test('without a public URL only names of this machine are origins', async () => {
  const local = await startStack()
  const { port } = new URL(local.url)
  const statuses = await Promise.all(
    [
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}`,
      `http://localhost:1${port}`,
      `https://localhost:${port}`,
      'http://evil.example',
    ].map((origin) => upgradeStatus(local.url, { origin })),
  )
  expect(statuses).toEqual([101, 101, 400, 400, 400])
  await local.close()
})

describe('the handshake', () => {
  const refused = (auth: unknown) =>
    refusalOf(createSocket(stack.url, { origin: 'https://chat.example', auth }))

  test.each([
    ['nothing', undefined, 'invalid_request'],
    ['no token', { protocolVersion }, 'invalid_request'],
    ['an unknown field', { accessToken: 'x', protocolVersion, userId: 'me' }, 'invalid_request'],
    ['a token that is an object', { accessToken: {}, protocolVersion }, 'invalid_request'],
    ['a token too long', { accessToken: 'x'.repeat(2049), protocolVersion }, 'invalid_request'],
    ['a token of nobody', { accessToken: 'x.y.z', protocolVersion }, 'unauthenticated'],
  ])('with %s is refused', async (_, auth, code) => {
    expect(await refused(auth)).toMatchObject({ code })
  })

  test('of a client that is too old is refused in words', async () => {
    expect(await refused({ accessToken: ada.accessToken, protocolVersion: 999 })).toMatchObject({
      code: 'invalid_request',
      field: '/protocolVersion',
    })
  })

  test('by polling, and in another namespace, leads nowhere', async () => {
    const polling = await fetch(`${stack.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'https://chat.example' },
    })
    expect(polling.status).toBe(400)
    const socket = createSocket(`${stack.url}/admin`, {
      origin: 'https://chat.example',
      auth: { accessToken: ada.accessToken, protocolVersion },
    })
    expect(await refusalOf(socket)).toBe('transport')
  })

  test('that never comes ends the connection', async () => {
    const { hostname, port } = new URL(stack.url)
    const tcp = connectTcp(Number(port), hostname)
    tcp.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Origin: https://chat.example\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    const [first] = (await once(tcp, 'data')) as [Buffer]
    expect(first.toString()).toContain('101 Switching Protocols')
    const startedMs = performance.now()
    // The frames before are Engine.IO's greeting; then the server closes.
    for (let isClosing = false; !isClosing;) {
      const [frame] = (await once(tcp, 'data')) as [Buffer]
      isClosing = frame[0] === closeFrame
    }
    expect(performance.now() - startedMs).toBeGreaterThan(4_000)
    tcp.destroy()
  })

  test('garbage instead of it ends nothing but that connection', async () => {
    const { hostname, port } = new URL(stack.url)
    for (const bytes of [
      '\0\0\0\0',
      'GET / HTTP/9.9\r\n\r\n',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
      'X'.repeat(100_000),
    ]) {
      const tcp = connectTcp(Number(port), hostname)
      tcp.on('error', () => undefined)
      tcp.end(bytes)
      tcp.resume()
      await new Promise((resolve) => {
        tcp.once('close', resolve)
      })
    }
    expect((await fetch(`${stack.url}/livez`)).status).toBe(200)
  })
})

describe('how many may come', () => {
  test('a person has a bounded number of connections, and a closed one makes room', async () => {
    const local = await startStack({ settings: { GATEWAY_CONNECTIONS_PER_USER: '2' } })
    const bob = await signUp(local.url)
    const first = await connect(bob)
    await connect(bob)
    const auth = { accessToken: bob.accessToken, protocolVersion }
    const refusal = await refusalOf(createSocket(local.url, { origin: local.url, auth }))
    expect(refusal).toMatchObject({ code: 'rate_limited', retryAfterMs: 10_000 })
    first.socket.disconnect()
    await expect
      .poll(() =>
        connect(bob).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    await local.close()
  })

  test('an address has a bounded number of connections, also before they say who they are', async () => {
    const local = await startStack({ settings: { GATEWAY_CONNECTIONS_PER_ADDRESS: '1' } })
    const bob = await signUp(local.url)
    const { socket } = await connect(bob)
    expect(await upgradeStatus(local.url, { origin: local.url })).toBe(400)
    socket.disconnect()
    await expect.poll(() => upgradeStatus(local.url, { origin: local.url })).toBe(101)
    await local.close()
  })

  test('a crowd is let in at a bounded rate and told when to come back', async () => {
    const local = await startStack({
      settings: { GATEWAY_CONNECTS_BURST: '1', GATEWAY_CONNECTS_PER_SECOND: '0.5' },
    })
    const bob = await signUp(local.url)
    await connect(bob)
    const auth = { accessToken: bob.accessToken, protocolVersion }
    const refusal = await refusalOf(createSocket(local.url, { origin: local.url, auth }))
    expect(refusal).toMatchObject({ code: 'overloaded' })
    expect(refusal === 'transport' ? 0 : refusal.retryAfterMs).toBeGreaterThan(500)
    await local.close()
  })
})

test('R13: a window that comes back closes its own half-open connection and no other', async () => {
  const local = await startStack()
  const bob = await signUp(local.url)
  const other = await signIn(local.url, bob.handle)
  const [tab, old, elsewhere] = [await connect(bob), await connect(bob), await connect(other)]
  const closed = closing(old)
  const back = await connect(bob, { previousConnectionId: old.ready.connectionId })
  await closed
  // Of another session: nothing happens to it.
  await connect(bob, { previousConnectionId: elsewhere.ready.connectionId })
  expect([tab, elsewhere, back].map(({ socket }) => socket.connected)).toEqual([true, true, true])
  await local.close()
})
