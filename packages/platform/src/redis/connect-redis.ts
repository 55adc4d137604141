import { Redis } from 'ioredis'
import { ConfigError } from '../config/config-error.ts'
import type { Logger } from '../logging/logger.ts'

export interface ConnectRedisOptions {
  readonly log: Logger
  /** The setting that the url comes from, for messages. */
  readonly setting: string
  /** Commands: each within this, in ms, or it fails. Undefined for subscribers: they wait until the server is back. */
  readonly commandTimeoutMs?: number
}

const connectWithinMs = 5_000
const maxReconnectMs = 500
/** A connection on which an answer is missing for so long is taken for half open, and made anew; in ms. */
const answerWithinMs = 5_000

/**
 * A connection that comes back by itself. The caller ends it with `disconnect()`.
 *
 * @throws {ConfigError} in one sentence, when nobody answers at first
 */
export async function connectRedis(url: string, options: ConnectRedisOptions): Promise<Redis> {
  const { log, setting, commandTimeoutMs } = options
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectWithinMs,
    socketTimeout: answerWithinMs,
    enableOfflineQueue: commandTimeoutMs === undefined,
    // Eager: people wait for presence and pushes, and one more try costs a loopback round trip.
    retryStrategy: (times) => Math.min(maxReconnectMs, 20 * times),
    // A subscriber must not give up; anybody else is better off with an error now.
    maxRetriesPerRequest: commandTimeoutMs === undefined ? null : 0,
    ...(commandTimeoutMs === undefined ? {} : { commandTimeout: commandTimeoutMs }),
  })
  logAbsence(redis, { log, setting })
  try {
    await redis.connect()
    return redis
  } catch {
    redis.disconnect()
    const { host } = new URL(url)
    throw new ConfigError(`${setting}: no Redis answers at ${host}: start it, or correct the setting.`)
  }
}

/** Writes down once that a server is away, and that it is back. */
export function logAbsence(redis: Redis, { log, setting }: { log: Logger; setting: string }): void {
  let isAway = false
  redis.on('error', (error: Error) => {
    if (!isAway) log.warn({ err: error, setting }, 'Redis is away')
    isAway = true
  })
  redis.on('ready', () => {
    if (isAway) log.info({ setting }, 'Redis is back')
    isAway = false
  })
}
