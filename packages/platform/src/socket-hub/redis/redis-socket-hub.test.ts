import { channels } from '@our-now/contracts/socket.ts'
import { describeWithInfra, describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import { startRedis } from '@our-now/testkit/infra/redis.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createLogger } from '../../logging/logger.ts'
import { openSocketHub } from '../open-socket-hub.ts'
import type { SocketHub } from '../socket-hub.ts'
import { describeSocketHub } from '../socket-hub.suite.ts'
import { openTestGateway } from '../test-gateway.ts'

const log = createLogger('silent')

await describeWithInfra(['redis'], 'socket hub on Redis', (infra) => {
  const open = () => openSocketHub(infra.redis.url, { log })

  describeSocketHub('redis', async () => {
    const [publisher, subscriber] = await Promise.all([open(), open()])
    return { publisher, subscriber, settle: () => settle(publisher, subscriber) }
  })

  test('what comes in one burst is one write for each socket', async () => {
    const [publisher, hub] = await Promise.all([open(), open()])
    const gateway = await openTestGateway(hub, {
      route: ({ channel, name, payload }, io) => io.local.to(channel).emit(name, payload),
    })
    onTestFinished(async () => {
      await gateway.close()
      await Promise.all([publisher.close(), hub.close()])
    })
    const channel = channels.openRoom(randomUUID())
    const { client, socket } = await gateway.join([channel])
    await settle(publisher, hub)
    const received: unknown[] = []
    client.on('cursors:moved', (payload: unknown) => received.push(payload))
    /** True because the gateway has websockets only. */
    const { _socket: stream } = Reflect.get(socket.conn.transport, 'socket') as { _socket: Writable }
    const writes = vi.spyOn(stream, 'write')
    for (let rev = 1; rev <= 100; rev++)
      publisher.publish(channel, 'cursors:moved', {
        roomId: randomUUID(),
        cursorRev: rev,
        fromRev: rev,
        moves: [],
      })
    await waitUntil(() => received.length === 100)
    expect(writes.mock.calls.length).toBeLessThan(20)
  })

  /** A channel of its own, heard by a gateway of its own: what was published before it has come too. */
  async function settle(publisher: SocketHub, subscriber: SocketHub): Promise<void> {
    const channel = channels.openRoom(randomUUID())
    const probe = await openTestGateway(subscriber)
    await probe.join([channel])
    await waitUntil(() => {
      publisher.publish(channel, 'cursors:moved', {
        roomId: randomUUID(),
        cursorRev: 1,
        fromRev: 1,
        moves: [],
      })
      return probe.routed.length > 0
    })
    await probe.close()
  }

  test('a gateway is subscribed to what its sockets are in, and to nothing else', async () => {
    const hub = await open()
    const gateway = await openTestGateway(hub)
    const redis = new Redis(infra.redis.url)
    onTestFinished(async () => {
      redis.disconnect()
      await gateway.close()
      await hub.close()
    })
    const channel = channels.openRoom(randomUUID())
    const countSubscribers = async () =>
      Number(Reflect.get(Object(await redis.call('pubsub', 'shardnumsub', `socket.io#/#${channel}#`)), 1))
    expect(await countSubscribers()).toBe(0)
    const { socket } = await gateway.join([channel])
    await waitUntil(async () => (await countSubscribers()) === 1)
    await socket.leave(channel)
    await waitUntil(async () => (await countSubscribers()) === 0)
  })

  test('a subscriber that was cut tells that pushes may be missing, and hears again', async () => {
    const [publisher, hub] = await Promise.all([open(), open()])
    const gateway = await openTestGateway(hub)
    const redis = new Redis(infra.redis.url)
    onTestFinished(async () => {
      redis.disconnect()
      await gateway.close()
      await Promise.all([publisher.close(), hub.close()])
    })
    let disturbed = 0
    hub.onDisturbed(() => disturbed++)
    await gateway.join([channels.openRoom(randomUUID())])
    await settle(publisher, hub)
    await redis.call('client', 'kill', 'type', 'pubsub')
    await waitUntil(() => disturbed > 0)
    await settle(publisher, hub)
  })
})

describeWithPrograms(['redis'], 'while Redis hangs', () => {
  test(
    'publishing neither fails nor waits; the dead line is cut and made anew',
    { timeout: 30_000 },
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'our-now-redis-'))
      const server = await startRedis({ dataDir })
      const hub = await openSocketHub(server.url, { log })
      const gateway = await openTestGateway(hub)
      onTestFinished(async () => {
        await gateway.close()
        await hub.close()
        await server.kill()
        await rm(dataDir, { recursive: true, force: true })
      })
      let disturbed = 0
      hub.onDisturbed(() => disturbed++)
      const channel = channels.openRoom(randomUUID())
      process.kill(server.pid ?? 0, 'SIGSTOP')
      const stoppedAt = performance.now()
      let slowestMs = 0
      await waitUntil(
        () => {
          const startedAt = performance.now()
          hub.publish(channel, 'cursors:moved', { roomId: randomUUID(), cursorRev: 1, fromRev: 1, moves: [] })
          slowestMs = Math.max(slowestMs, performance.now() - startedAt)
          return performance.now() - stoppedAt > 8_000
        },
        { timeoutMs: 15_000, everyMs: 5 },
      )
      expect(slowestMs).toBeLessThan(50)
      process.kill(server.pid ?? 0, 'SIGCONT')
      await waitUntil(() => disturbed > 0)
    },
  )
})

test('nobody there: one sentence with the setting', async () => {
  await expect(openSocketHub('redis://127.0.0.1:1', { log })).rejects.toThrow(
    /^SOCKET_HUB_URL: no Redis answers at 127\.0\.0\.1:1/,
  )
})
