import { createShardedAdapter } from '@socket.io/redis-adapter'
import type { Redis } from 'ioredis'
import { Server } from 'socket.io'
import type { Adapter } from 'socket.io-adapter'

/**
 * The one file that reaches into `@socket.io/redis-adapter` 8.3: a Socket.IO server without clients whose sharded
 * adapter subscribes to the channels it is told and hands over what others broadcast. A test holds the shapes used here.
 */
export interface ShardedBus {
  /** Publishes to one channel's own shard channel. Rejects when it surely did not get there. */
  publish(channel: string, name: string, payload: unknown): Promise<void>
  subscribe(channel: string): void
  unsubscribe(channel: string): void
}

interface BusClients {
  readonly publisher: Redis
  /** Undefined: the bus only publishes. */
  readonly subscriber: Redis | undefined
}

/** Told each remote broadcast; never our own. */
export type OnBroadcast = (channel: string, name: string, payload: unknown) => void

/** The adapter's number for a broadcast; the others are not used on this bus. */
const broadcastType = 3
/** In the adapter's member list, stands for all sockets of this process. */
const here = 'this process'

/** What the adapter calls with each message that comes in. */
interface AdapterInternals {
  onMessage: (message: BusMessage) => void
  doPublish(message: BusMessage): Promise<unknown>
  readonly uid: string
}

interface BusMessage {
  readonly uid: string
  readonly nsp: string
  readonly type: number
  readonly data: {
    readonly packet: {
      readonly type: number
      readonly data: readonly [string, unknown]
      readonly nsp: string
    }
    readonly opts: {
      readonly rooms: readonly string[]
      readonly except: readonly string[]
      readonly flags: object
    }
  }
}

export function openShardedBus(clients: BusClients, onBroadcast: OnBroadcast): ShardedBus {
  const server = new Server({
    adapter: createShardedAdapter(clients.publisher, toPatient(clients.subscriber)),
  })
  const { adapter } = server.of('/')
  /** True for the sharded adapter of this version: `sharded-bus.test.ts` holds it. */
  const internals = adapter as unknown as Adapter & AdapterInternals
  internals.onMessage = ({ uid, type, data }) => {
    if (uid === internals.uid || type !== broadcastType) return
    const [channel] = data.opts.rooms
    const [name, payload] = data.packet.data
    if (channel !== undefined) onBroadcast(channel, name, payload)
  }
  return {
    publish: async (channel, name, payload) => {
      const packet = { type: 2, data: [name, payload] as const, nsp: '/' }
      await internals.doPublish({
        uid: internals.uid,
        nsp: '/',
        type: broadcastType,
        data: { packet, opts: { rooms: [channel], except: [], flags: {} } },
      })
    },
    subscribe: (channel) => void adapter.addAll(here, new Set([channel])),
    unsubscribe: (channel) => void adapter.del(here, channel),
  }
}

/**
 * What the adapter gets as its subscriber. It looks at no answer: a subscription that fails because the connection was
 * ended would otherwise be an unhandled rejection. Without a connection it hears nothing.
 */
const toPatient = (subscriber: Redis | undefined) => ({
  on: (event: 'smessageBuffer', listener: (channel: Buffer, message: Buffer) => void) =>
    subscriber?.on(event, listener),
  ssubscribe: (channel: string) => void subscriber?.ssubscribe(channel).catch(() => undefined),
  sunsubscribe: (channel: string) => void subscriber?.sunsubscribe(channel).catch(() => undefined),
})
