import { channels } from '@our-now/contracts/socket.ts'
import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
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

test('nobody there: one sentence with the setting', async () => {
  await expect(openSocketHub('redis://127.0.0.1:1', { log })).rejects.toThrow(
    /^SOCKET_HUB_URL: no Redis answers at 127\.0\.0\.1:1/,
  )
})
