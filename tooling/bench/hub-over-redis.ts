import { createShardedAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Server } from 'socket.io'
import { createLogger } from '../../packages/platform/src/logging/logger.ts'
import { openSocketHub } from '../../packages/platform/src/socket-hub/open-socket-hub.ts'
import { startRedis } from '../../packages/testkit/src/infra/redis.ts'
import { startClients, type BenchClients } from './clients.ts'
import type { PublisherOrders } from './hub-publisher.ts'

/**
 * What pushes over Redis cost, in µs of CPU, in one interleaved run beside Socket.IO's own adapters: a publish in the
 * service, a delivery in a gateway with sockets in the room, and an event in a gateway with nobody there.
 *
 *   npm run bench:hub -- [--clients 100] [--rounds 6] [--json]
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    clients: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '6' },
  },
})
const clientCount = Number(values.clients)
const rounds = Number(values.rounds)
const rooms = {
  ours: 'room:018f0000-0000-7000-8000-000000000001',
  stock: 'room:018f0000-0000-7000-8000-000000000002',
  nobodyOurs: 'room:018f0000-0000-7000-8000-000000000004',
  nobodyStock: 'room:018f0000-0000-7000-8000-000000000005',
}

const dataDir = await mkdtemp(join(tmpdir(), 'our-now-bench-hub-'))
const redis = await startRedis({ dataDir })
const [ours, stock] = [await openGateway('ours'), await openGateway('stock')]
const publisher = await startPublisher()
const figures = new Map<string, number[]>()
const note = (name: string, figure: number): void =>
  void figures.set(name, [...(figures.get(name) ?? []), figure])

for (let round = -1; round < rounds; round++)
  for (const { shape, ticks, size } of [
    { shape: 'single', ticks: 120, size: 1 },
    { shape: 'burstOf8', ticks: 60, size: 8 },
  ])
    for (const [by, clients] of [
      ['ours', ours],
      ['stock', stock],
    ] as const) {
      const delivered = await measureDelivery({ by, channel: rooms[by], ticks, size }, clients)
      const nobody = by === 'ours' ? rooms.nobodyOurs : rooms.nobodyStock
      const toNobody = await measureGateway({ by, channel: nobody, ticks, size })
      // The first round only warms up.
      if (round < 0) continue
      note(`${shape}.publish.${by}`, delivered.publishUs)
      note(`${shape}.delivery.${by}`, delivered.gatewayUs / clientCount)
      note(`${shape}.nobody.${by}`, toNobody.gatewayUs)
    }
await publisher.stop()
for (const clients of [ours, stock]) await clients.stop()
await redis.stop()
await rm(dataDir, { recursive: true, force: true })

const report = Object.fromEntries(
  [...figures].map(([name, of]) => [
    name,
    Math.round((of.toSorted((a, b) => a - b)[of.length >> 1] ?? 0) * 100) / 100,
  ]),
)
if (values.json) console.log(JSON.stringify({ clients: clientCount, rounds, ...report }))
else console.table(report)
process.exit(0)

/** A gateway of this process, with all its clients in its room. */
async function openGateway(by: 'ours' | 'stock'): Promise<BenchClients> {
  const httpServer = createServer()
  const io = new Server(httpServer, {
    transports: ['websocket'],
    perMessageDeflate: false,
    serveClient: false,
  })
  if (by === 'ours') {
    const hub = await openSocketHub(redis.url, { log: createLogger('silent') })
    hub.attach(io, ({ channel, name, payload }) => void io.local.to(channel).emit(name, payload))
  } else io.adapter(createShardedAdapter(new Redis(redis.url), new Redis(redis.url)))
  io.on('connection', (socket) => void socket.join(rooms[by]))
  httpServer.listen(0, '127.0.0.1')
  await once(httpServer, 'listening')
  /** True because a server that listens on a host has an address of this form. */
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`
  const handshakes = Array.from({ length: clientCount }, () => ({}))
  return startClients({ url, handshakes, protocol: 'socket.io', isGateway: false })
}

async function startPublisher() {
  const file = fileURLToPath(new URL('hub-publisher.ts', import.meta.url))
  const child = fork(file, [redis.url], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await once(child, 'message')
  return {
    /** µs of its CPU per publish. */
    run: async (orders: PublisherOrders): Promise<number> => {
      const answered = once(child, 'message')
      child.send({ ...orders })
      const [answer]: unknown[] = await answered
      return Number(answer)
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

/** µs of this process's CPU per published event, and of the publisher's. */
async function measureGateway(orders: PublisherOrders): Promise<{ publishUs: number; gatewayUs: number }> {
  const before = process.cpuUsage()
  const publishUs = await publisher.run(orders)
  await wait(20)
  const { user, system } = process.cpuUsage(before)
  return { publishUs, gatewayUs: (user + system) / (orders.ticks * orders.size) }
}

/** As `measureGateway`. Throws when a delivery is missing: a fast wrong answer is none. */
async function measureDelivery(orders: PublisherOrders, clients: BenchClients) {
  await clients.takeCount()
  const measured = await measureGateway(orders)
  const expected = orders.ticks * orders.size * clientCount
  let delivered = 0
  for (let tries = 0; delivered < expected && tries < 500; tries++) {
    delivered += await clients.takeCount()
    if (delivered < expected) await wait(10)
  }
  if (delivered !== expected) throw new Error(`${orders.by}: ${delivered} of ${expected} deliveries`)
  return measured
}
