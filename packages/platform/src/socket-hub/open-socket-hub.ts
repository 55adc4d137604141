import type { Redis } from 'ioredis'
import { ConfigError } from '../config/config-error.ts'
import { splitUrl } from '../config/split-url.ts'
import type { Logger } from '../logging/logger.ts'
import { connectRedis, logAbsence } from '../redis/connect-redis.ts'
import { createMemorySocketHub } from './memory-socket-hub.ts'
import { createRedisSocketHub } from './redis/redis-socket-hub.ts'
import type { SocketHub } from './socket-hub.ts'

export interface OpenSocketHubDeps {
  readonly log: Logger
  /** The setting that the url comes from, for messages. */
  readonly setting?: string
}

/** A publish that takes longer has failed: the publisher must not pile up behind a server that hangs, in ms. */
const publishWithinMs = 1_000

/**
 * Opens the hub by its url: `memory:` within one process, `redis://host:port` (also `rediss:`) between many. The caller
 * closes it.
 *
 * @throws {ConfigError} in one sentence, when it cannot be used as it is set up
 */
export async function openSocketHub(url: string, deps: OpenSocketHubDeps): Promise<SocketHub> {
  const { scheme } = splitUrl(url)
  const { log, setting = 'SOCKET_HUB_URL' } = deps
  if (scheme === 'memory') return createMemorySocketHub({ log })
  if (scheme === 'redis' || scheme === 'rediss') {
    const publisher = await connectRedis(url, { log, setting, commandTimeoutMs: publishWithinMs })
    return createRedisSocketHub({
      publisher,
      openSubscriber: () => openSubscriber(publisher, { log, setting }),
      log,
    })
  }
  throw new ConfigError(`${setting}: memory: or redis://host:port is expected, not the scheme "${scheme}".`)
}

/** The adapter does not catch a failed subscription: this connection waits until the server is back, for ever. */
function openSubscriber(publisher: Redis, deps: { log: Logger; setting: string }): Redis {
  const subscriber = publisher.duplicate({
    lazyConnect: false,
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    commandTimeout: undefined,
  })
  logAbsence(subscriber, deps)
  return subscriber
}
