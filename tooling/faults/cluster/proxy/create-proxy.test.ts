import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createProxy, type Proxy } from './create-proxy.ts'

let server: Server
let proxy: Proxy
const served = new Set<Socket>()
const dialled = new Set<Socket>()

beforeEach(async () => {
  server = createServer((socket) => {
    served.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => served.delete(socket))
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  proxy = await createProxy({ host: '127.0.0.1', port: typeof bound === 'object' && bound ? bound.port : 0 })
})

afterEach(async () => {
  for (const socket of [...served, ...dialled]) socket.destroy()
  dialled.clear()
  await proxy.close()
  await new Promise((resolve) => server.close(resolve))
})

interface Talk {
  readonly socket: Socket
  readonly heard: () => string
  readonly fate: () => string | undefined
}

async function dial(): Promise<Talk> {
  const socket = connect(proxy.address)
  dialled.add(socket)
  let heard = ''
  let fate: string | undefined
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
  socket.on('error', (error: NodeJS.ErrnoException) => (fate = error.code))
  socket.on('close', () => (fate ??= 'closed'))
  await once(socket, 'connect')
  return { socket, heard: () => heard, fate: () => fate }
}

async function dialAndHear(): Promise<Talk> {
  const talk = await dial()
  talk.socket.write('hello ')
  await waitUntil(() => talk.heard() === 'hello ')
  return talk
}

test('it passes both ways, and an end as well', async () => {
  const { socket, heard, fate } = await dialAndHear()
  socket.end('and bye')
  await waitUntil(() => fate() === 'closed')
  expect(heard()).toBe('hello and bye')
  await waitUntil(() => proxy.connections() === 0)
})

test('it carries megabytes whole through a slow reader', async () => {
  const { socket, heard } = await dial()
  const whole = 'x'.repeat(5_000_000)
  socket.pause()
  socket.write(whole)
  await wait(20)
  socket.resume()
  await waitUntil(() => heard().length === whole.length)
})

test('in a blackhole nothing arrives; healed it arrives late', async () => {
  const { socket, heard, fate } = await dialAndHear()
  proxy.turn({ kind: 'blackhole', direction: 'both', healsBy: 'late' })
  socket.write('still there?')
  const stranger = await dial()
  stranger.socket.write('anybody?')
  await wait(100)
  expect([heard(), stranger.heard(), fate()]).toEqual(['hello ', '', undefined])
  proxy.turn({ kind: 'pass' })
  await waitUntil(() => heard() === 'hello still there?' && stranger.heard() === 'anybody?')
})

test('a blackhole of one direction lets the other pass', async () => {
  const { socket, heard } = await dialAndHear()
  const atServer: string[] = []
  for (const one of served) one.on('data', (chunk: Buffer) => atServer.push(chunk.toString()))
  proxy.turn({ kind: 'blackhole', direction: 'down', healsBy: 'late' })
  socket.write('one way')
  await waitUntil(() => atServer.join('') === 'one way')
  expect(heard()).toBe('hello ')
})

test('a blackhole may end by a reset', async () => {
  const { fate } = await dialAndHear()
  proxy.turn({ kind: 'blackhole', direction: 'both', healsBy: 'reset' })
  proxy.turn({ kind: 'pass' })
  await waitUntil(() => fate() === 'ECONNRESET')
  await dialAndHear()
})

test('a client that gives up in a blackhole is noticed by the server when it is healed', async () => {
  const { socket } = await dialAndHear()
  proxy.turn({ kind: 'blackhole', direction: 'both', healsBy: 'late' })
  socket.destroy()
  await wait(50)
  expect(served.size).toBe(1)
  proxy.turn({ kind: 'pass' })
  await waitUntil(() => served.size === 0)
})

test('reset cuts what is there and what comes', async () => {
  const { fate } = await dialAndHear()
  proxy.turn({ kind: 'reset' })
  await waitUntil(() => fate() === 'ECONNRESET')
  const next = connect(proxy.address)
  dialled.add(next)
  const [error] = (await once(next, 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNRESET')
})

test('half-open takes the server away without telling the client, healed or not', async () => {
  const { socket, heard, fate } = await dialAndHear()
  proxy.turn({ kind: 'half-open', dead: 'down' })
  await waitUntil(() => served.size === 0)
  socket.write('hello?')
  await dialAndHear()
  proxy.turn({ kind: 'pass' })
  await wait(50)
  expect([heard(), fate()]).toEqual(['hello ', undefined])
})

test('delay comes late and in order', async () => {
  const { socket, heard } = await dialAndHear()
  proxy.turn({ kind: 'delay', ms: 120, direction: 'up' })
  const startMs = performance.now()
  socket.write('1')
  await wait(30)
  socket.write('2')
  await waitUntil(() => heard() === 'hello 12')
  expect(performance.now() - startMs).toBeGreaterThan(115)
})

test('truncate cuts in the middle of what is said', async () => {
  const { socket, heard, fate } = await dialAndHear()
  proxy.turn({ kind: 'truncate', afterBytes: 4, direction: 'down' })
  socket.write('truncated')
  await waitUntil(() => fate() !== undefined)
  expect('hello trun'.startsWith(heard())).toBe(true)
})

test('rate gives bytes their time', async () => {
  const { socket, heard } = await dialAndHear()
  proxy.turn({ kind: 'rate', bytesPerSecond: 10_000, direction: 'up' })
  const startMs = performance.now()
  socket.write('x'.repeat(1_000))
  await waitUntil(() => heard().length === 1_006)
  expect(performance.now() - startMs).toBeGreaterThan(90)
})
