import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startBalancer } from './start-balancer.ts'

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close()
})

const listen = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  opened.push({ close: () => server.close() })
  /** True because a server that listens on a host has an address of this form. */
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A gateway that says its name, and joins websockets by saying it too. */
async function openGateway(
  name: string,
  answer?: RequestListener,
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/readyz') return void outgoing.end()
    asked.push(`${incoming.method} ${String(incoming.headers['x-forwarded-for'])}`)
    if (answer === undefined) outgoing.end(name)
    else answer(incoming, outgoing)
  })
  server.on('upgrade', (_incoming: IncomingMessage, socket) => {
    if (answer !== undefined) return socket.end('HTTP/1.1 503 Stopping\r\nContent-Length: 0\r\n\r\n')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n${name}`,
    )
    socket.on('error', () => undefined)
    return socket
  })
  return { url: await listen(server), asked }
}

async function balance(...gateways: readonly string[]) {
  const balancer = await startBalancer({ host: '127.0.0.1', port: 0, gateways })
  opened.push(balancer)
  return balancer.url
}

/** What a handshake is answered with, and the socket, which stays open. */
async function shakeHands(url: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  opened.push({ close: () => socket.destroy() })
  socket.write('GET /socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  await expect.poll(() => answer, { timeout: 5_000 }).toMatch(/\r\n\r\n(\w|$)/)
  return answer
}

const goneUrl = async (): Promise<string> => {
  const server = createTcpServer()
  const url = await listen(server)
  server.close()
  return url
}

test('a gateway that is gone is passed over, for reads, writes and websockets', async () => {
  const there = await openGateway('there')
  const url = await balance(await goneUrl(), there.url)
  expect(await (await fetch(url)).text()).toBe('there')
  const again = await balance(await goneUrl(), there.url)
  expect(await (await fetch(again, { method: 'POST', body: '{}' })).text()).toBe('there')
  expect(await shakeHands(await balance(await goneUrl(), there.url))).toContain('there')
  expect(there.asked).toEqual(['GET 127.0.0.1', 'POST 127.0.0.1'])
})

test('a write that a gateway may have seen is not repeated', async () => {
  const cuts = await openGateway('cuts', (incoming) => incoming.socket.destroy())
  const there = await openGateway('there')
  const url = await balance(cuts.url, there.url)
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(502)
  expect(there.asked).toEqual([])
  expect(await (await fetch(url)).text()).toBe('there')
})

test('a gateway that stops or hangs gets no websocket', async () => {
  const stops = await openGateway('stops', () => undefined)
  const hangs = await listen(createTcpServer((socket) => socket.on('error', () => undefined)))
  const there = await openGateway('there')
  expect(await shakeHands(await balance(stops.url, there.url))).toContain('there')
  expect(await shakeHands(await balance(hangs, there.url))).toContain('there')
})

test('websockets are spread, the least busy gateway first', async () => {
  const [one, other] = [await openGateway('one'), await openGateway('other')]
  const url = await balance(one.url, other.url)
  const answers = [await shakeHands(url), await shakeHands(url), await shakeHands(url), await shakeHands(url)]
  expect(answers.map((answer) => answer.split('\r\n\r\n')[1])).toEqual(['one', 'other', 'one', 'other'])
})

test('without any gateway the answer is 503, come again', async () => {
  const url = await balance(await goneUrl())
  const answer = await fetch(url)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await shakeHands(url)).toContain('503')
})
