import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { createShardedAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { Server } from 'socket.io'
import { expect, onTestFinished, test } from 'vitest'
import { openShardedBus } from './sharded-bus.ts'

type Heard = [channel: string, name: string, payload: unknown]

await describeWithInfra(['redis'], 'a bus beside the stock sharded adapter', (infra) => {
  /** A server with the adapter as it comes. */
  function openStock(): Server {
    const [publisher, subscriber] = [connect(), connect()]
    return new Server({ adapter: createShardedAdapter(publisher, subscriber) })
  }
  function openBus() {
    const [publisher, subscriber] = [connect(), connect()]
    const heard: Heard[] = []
    const bus = openShardedBus({ publisher, subscriber }, (...one) => heard.push(one))
    return { bus, heard, subscriber }
  }
  function connect(): Redis {
    const redis = new Redis(infra.redis.url)
    onTestFinished(() => redis.disconnect())
    return redis
  }
  const roomOf = (): string => `room:${randomUUID()}`
  const isHeard = (redis: Redis, room: string) =>
    waitUntil(async () => {
      const counts = await redis.call('pubsub', 'shardnumsub', `socket.io#/#${room}#`)
      return Reflect.get(Object(counts), 1) === 1
    })

  test('hears what a stock server emits to a room it listens to, and nothing of another', async () => {
    const [stock, { bus, heard }, redis] = [openStock(), openBus(), connect()]
    const room = roomOf()
    bus.subscribe(room)
    await isHeard(redis, room)
    stock.to(roomOf()).emit('room:events', { n: 0 })
    stock.to(room).emit('room:events', { n: 1, ø: '둘' })
    await waitUntil(() => heard.length > 0)
    expect(heard).toEqual([[room, 'room:events', { n: 1, ø: '둘' }]])
  })

  test('what it publishes reaches the sockets of a stock server', async () => {
    const [stock, { bus }, redis] = [openStock(), openBus(), connect()]
    const room = roomOf()
    const { adapter } = stock.of('/')
    const emitted: unknown[] = []
    // A stand-in for a socket, down to what the adapter calls: the packet is what a client would be sent.
    Object.assign(stock.of('/'), {
      sockets: new Map([
        [
          'a',
          {
            client: { writeToEngine: (packets: unknown) => emitted.push(packets) },
            notifyOutgoingListeners() {},
          },
        ],
      ]),
    })
    void adapter.addAll('a', new Set([room]))
    await isHeard(redis, room)
    await bus.publish(room, 'room:events', { n: 1 })
    await waitUntil(() => emitted.length > 0)
    expect(emitted).toEqual([['2["room:events",{"n":1}]']])
  })

  test('does not hear itself, nor what it left', async () => {
    const [own, other, redis] = [openBus(), openBus(), connect()]
    const [left, kept] = [roomOf(), roomOf()]
    for (const room of [left, kept]) {
      own.bus.subscribe(room)
      await isHeard(redis, room)
    }
    await own.bus.publish(kept, 'of its own', 1)
    await other.bus.publish(left, 'before', 2)
    await waitUntil(() => own.heard.length > 0)
    own.bus.unsubscribe(left)
    await own.subscriber.ping()
    await other.bus.publish(left, 'after', 3)
    await other.bus.publish(kept, 'last', 4)
    await waitUntil(() => own.heard.length > 1)
    expect(own.heard.map(([, name]) => name)).toEqual(['before', 'last'])
  })
})
