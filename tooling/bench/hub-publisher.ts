import { createShardedAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from 'socket.io'
import type { HubEvents } from '../../packages/contracts/src/socket.ts'
import { createLogger } from '../../packages/platform/src/logging/logger.ts'
import { openSocketHub } from '../../packages/platform/src/socket-hub/open-socket-hub.ts'

/** What the publishing process is told. */
export interface PublisherOrders {
  readonly by: 'ours' | 'stock'
  readonly channel: string
  /** `ticks` times, 2 ms apart, `size` events. */
  readonly ticks: number
  readonly size: number
}

/** Publishes as a service does, in a process of its own, and says what that cost it: µs of CPU per event. */
async function runPublisher(redisUrl: string): Promise<void> {
  const hub = await openSocketHub(redisUrl, { log: createLogger('silent') })
  const stock = new Server({ adapter: createShardedAdapter(new Redis(redisUrl), new Redis(redisUrl)) })
  const publish = {
    ours: (channel: string, seq: number) => hub.publish(channel, 'room:events', anEvent(channel, seq)),
    stock: (channel: string, seq: number) =>
      void stock.to(channel).emit('room:events', anEvent(channel, seq)),
  }
  process.on('message', (message) => {
    /** True because only `hub-over-redis.ts` starts this process. */
    void run(message as PublisherOrders)
  })
  const run = async ({ by, channel, ticks, size }: PublisherOrders): Promise<void> => {
    const before = process.cpuUsage()
    for (let tick = 0; tick < ticks; tick++) {
      for (let n = 0; n < size; n++) publish[by](channel, tick * size + n + 1)
      await wait(2)
    }
    const { user, system } = process.cpuUsage(before)
    process.send?.((user + system) / (ticks * size))
  }
  process.send?.('ready')
}

const anEvent = (channel: string, seq: number): HubEvents['room:events'] => {
  const roomId = channel.slice('room:'.length)
  const actorId = '018f0000-0000-7000-8000-0000000000aa'
  const at = 1_750_000_000_000 + seq
  const message = {
    roomId,
    seq,
    ordinal: seq,
    authorId: actorId,
    clientMessageId: '018f0000-0000-7000-8000-0000000000bb',
    sentAt: at,
    text: '오늘 저녁에 뭐 먹을까? I would like some noodles.',
  }
  return {
    roomId,
    membershipRev: 1,
    events: [{ event: { roomId, seq, at, actorId, kind: 'message-created', message } }],
  }
}

const [redisUrl] = process.argv.slice(2)
if (redisUrl !== undefined) await runPublisher(redisUrl)
