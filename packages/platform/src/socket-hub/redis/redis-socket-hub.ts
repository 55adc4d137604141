import type { HubEventName } from '@our-now/contracts/socket.ts'
import type { Redis } from 'ioredis'
import type { Server } from 'socket.io'
import type { Logger } from '../../logging/logger.ts'
import { attachGateway } from '../attach-gateway.ts'
import { createLocalGateways, type LocalGateway } from '../local-gateways.ts'
import type { AttachOptions, Attachment, Published, SocketHub } from '../socket-hub.ts'
import { createPublishCircuit } from './publish-circuit.ts'
import { openShardedBus, type ShardedBus } from './sharded-bus.ts'
import { watchSubscriber } from './watch-subscriber.ts'

export interface RedisSocketHubDeps {
  /** With a command timeout. */
  readonly publisher: Redis
  /** Opens the subscriber when the first gateway attaches; services never need it. */
  readonly openSubscriber: () => Redis
  readonly log: Logger
}

/**
 * The hub over Redis' sharded pub/sub. A gateway subscribes to the channels that have a socket with it, so what
 * concerns nobody there never reaches it; what arrives goes to its `route`, which emits locally and coalesced.
 * Ends both connections by `close`.
 */
export function createRedisSocketHub({ publisher, openSubscriber, log }: RedisSocketHubDeps): SocketHub {
  const gateways = createLocalGateways(log)
  const disturbed = new Set<() => void>()
  const subscriptions = createSubscriptions(
    (channel) => bus.subscribe(channel),
    (channel) => bus.unsubscribe(channel),
  )
  const circuit = createPublishCircuit(
    () => performance.now(),
    (error) => log.warn({ err: error }, 'pushes are being lost; gateways repair by heads'),
  )
  let subscriber: Redis | undefined
  let stopWatching = (): void => undefined
  let bus: ShardedBus = openShardedBus({ publisher, subscriber: undefined }, () => undefined)
  let isClosed = false

  const deliver = (channel: string, name: string, payload: unknown): void => {
    /** True because only `publish` of this hub's own type writes to the bus. */
    gateways.deliver({ channel, name, payload } as Published)
  }
  /** From now on this process listens as well. */
  const listen = (): void => {
    if (subscriber !== undefined) return
    subscriber = openSubscriber()
    stopWatching = watchSubscriber(subscriber, () => {
      for (const listener of disturbed) listener()
    })
    bus = openShardedBus({ publisher, subscriber }, deliver)
  }

  return {
    publish: (channel, name: HubEventName, payload) => {
      if (isClosed) return
      // A gateway of this process hears itself at once: the bus never tells us our own.
      deliver(channel, name, payload)
      circuit.run(() => bus.publish(channel, name, payload))
    },
    attach: (io: Server, route, options: AttachOptions = {}): Attachment => {
      listen()
      const attached = attachGateway(io, options)
      const { adapter } = io.of('/')
      adapter.on('create-room', subscriptions.add)
      adapter.on('delete-room', subscriptions.remove)
      const gateway: LocalGateway = { hasMembers: attached.hasMembers, route }
      gateways.add(gateway)
      return {
        isLagging: attached.isLagging,
        detach: () => {
          if (!gateways.remove(gateway)) return
          adapter.off('create-room', subscriptions.add)
          adapter.off('delete-room', subscriptions.remove)
          for (const channel of adapter.rooms.keys()) subscriptions.remove(channel)
          attached.stop()
        },
      }
    },
    onDisturbed: (listener) => void disturbed.add(listener),
    close: async () => {
      if (isClosed) return
      isClosed = true
      gateways.clear()
      stopWatching()
      // Unsubscribing on a connection that is away would wait for it to come back.
      subscriber?.disconnect()
      publisher.disconnect()
    },
  }
}

/** Counts the gateways of this process in a channel; in practice one. */
function createSubscriptions(subscribe: (channel: string) => void, unsubscribe: (channel: string) => void) {
  const counts = new Map<string, number>()
  return {
    add: (channel: string): void => {
      // A socket's room of its own is named by its id; nobody publishes there.
      if (!channel.includes(':')) return
      const count = counts.get(channel) ?? 0
      counts.set(channel, count + 1)
      if (count === 0) subscribe(channel)
    },
    remove: (channel: string): void => {
      const count = counts.get(channel)
      if (count === undefined) return
      if (count > 1) counts.set(channel, count - 1)
      else {
        counts.delete(channel)
        unsubscribe(channel)
      }
    },
  }
}
