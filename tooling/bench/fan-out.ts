import { createServer, type Server as HttpServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import { createLogger } from '../../packages/platform/src/logging/logger.ts'
import { createMemorySocketHub } from '../../packages/platform/src/socket-hub/memory-socket-hub.ts'
import { toTextFrame } from '../../packages/platform/src/socket-hub/text-frame.ts'
import { startClients, type BenchClients } from './clients.ts'

/**
 * What one delivery of a room event costs the server, in µs of CPU: ours beside Socket.IO's own `emit` and beside raw
 * websockets with frames made once, in one interleaved run. Last line with --json: one JSON object.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    clients: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '6' },
  },
})
const clientCount = Number(values.clients)
const rounds = Number(values.rounds)
const room = 'room:018f0000-0000-7000-8000-000000000001'

interface Subject {
  readonly name: 'ours' | 'stock' | 'raw'
  readonly clients: BenchClients
  /** Sends `size` events to every client, in one tick. */
  readonly send: (size: number) => void
  close(): Promise<void>
}

const anEvent = (seq: number) => ({
  roomId: room.slice(5),
  seq,
  at: 1_750_000_000_000 + seq,
  actorId: '018f0000-0000-7000-8000-0000000000aa',
  kind: 'message-created',
  message: {
    roomId: room.slice(5),
    seq,
    ordinal: seq,
    authorId: '018f0000-0000-7000-8000-0000000000aa',
    clientMessageId: '018f0000-0000-7000-8000-0000000000bb',
    sentAt: 1_750_000_000_000 + seq,
    text: '오늘 저녁에 뭐 먹을까? I would like some noodles.',
  },
})

async function listen(server: HttpServer): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  /** True because a server that listens on a host has an address of this form. */
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const handshakes = Array.from({ length: clientCount }, () => ({}))

async function openSocketIo(name: 'ours' | 'stock'): Promise<Subject> {
  const httpServer = createServer()
  const io = new Server(httpServer, {
    transports: ['websocket'],
    perMessageDeflate: false,
    serveClient: false,
  })
  if (name === 'ours') createMemorySocketHub({ log: createLogger('silent') }).attach(io, () => undefined)
  io.on('connection', (socket) => void socket.join(room))
  const url = await listen(httpServer)
  const clients = await startClients({ url, handshakes, protocol: 'socket.io', isGateway: false })
  let seq = 0
  return {
    name,
    clients,
    send: (size) => {
      for (let n = 0; n < size; n++) io.local.to(room).emit('room:event', anEvent(++seq))
    },
    close: async () => {
      await clients.stop()
      await io.close()
    },
  }
}

async function openRaw(): Promise<Subject> {
  const httpServer = createServer()
  const websockets = new WebSocketServer({ server: httpServer, perMessageDeflate: false })
  const url = await listen(httpServer)
  const clients = await startClients({ url, handshakes, protocol: 'ws', isGateway: false })
  let seq = 0
  return {
    name: 'raw',
    clients,
    send: (size) => {
      const frames = Array.from({ length: size }, () =>
        toTextFrame(`2${JSON.stringify(['room:event', anEvent(++seq)])}`),
      )
      const buffer = Buffer.concat(frames)
      for (const websocket of websockets.clients) {
        /** True because ws keeps its stream there. */
        const { _socket: stream } = websocket as unknown as { _socket: Duplex }
        stream.write(buffer)
      }
    },
    close: async () => {
      await clients.stop()
      websockets.close()
      httpServer.close()
    },
  }
}

/** µs of this process's CPU per delivery. Throws when a delivery is missing: a fast wrong answer is none. */
async function measure({ name, clients, send }: Subject, ticks: number, size: number): Promise<number> {
  await clients.takeCount()
  const before = process.cpuUsage()
  for (let tick = 0; tick < ticks; tick++) {
    send(size)
    await wait(2)
  }
  const { user, system } = process.cpuUsage(before)
  const expected = ticks * size * clientCount
  let delivered = 0
  for (let tries = 0; delivered < expected && tries < 500; tries++) {
    delivered += await clients.takeCount()
    if (delivered < expected) await wait(10)
  }
  if (delivered !== expected) throw new Error(`${name}: ${delivered} of ${expected} deliveries`)
  return (user + system) / expected
}

const median = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? NaN
const rounded = (figure: number): number => Math.round(figure * 100) / 100

const subjects = [await openSocketIo('ours'), await openSocketIo('stock'), await openRaw()]
const shapes = [
  { shape: 'single', ticks: 120, size: 1 },
  { shape: 'burstOf8', ticks: 60, size: 8 },
] as const
const figures = new Map<string, number[]>()
for (const subject of subjects) for (const { ticks, size } of shapes) await measure(subject, ticks, size)
for (let round = 0; round < rounds; round++)
  for (const { shape, ticks, size } of shapes)
    for (const subject of subjects) {
      const key = `${shape}.${subject.name}`
      figures.set(key, [...(figures.get(key) ?? []), await measure(subject, ticks, size)])
    }
for (const subject of subjects) await subject.close()

const report = Object.fromEntries(
  shapes.map(({ shape }) => {
    const of = (name: Subject['name']): number => median(figures.get(`${shape}.${name}`) ?? [])
    const [ours, stock, raw] = [of('ours'), of('stock'), of('raw')]
    return [
      shape,
      {
        oursUs: rounded(ours),
        stockUs: rounded(stock),
        rawUs: rounded(raw),
        oursPerStock: rounded(ours / stock),
        oursPerRaw: rounded(ours / raw),
      },
    ]
  }),
)
if (values.json) console.log(JSON.stringify({ clients: clientCount, rounds, ...report }))
else console.table(report)
