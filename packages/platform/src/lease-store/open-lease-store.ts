import type { Clock } from '../clock/clock.ts'
import { ConfigError } from '../config/config-error.ts'
import { splitUrl } from '../config/split-url.ts'
import type { Logger } from '../logging/logger.ts'
import { connectRedis } from '../redis/connect-redis.ts'
import type { LeaseStore } from './lease-store.ts'
import { createMemoryLeaseStore } from './memory-lease-store.ts'
import { createRedisLeaseStore } from './redis/redis-lease-store.ts'
import { withLocalLeases } from './with-local-leases.ts'

export interface OpenLeaseStoreDeps {
  readonly clock: Clock
  readonly log: Logger
  /** The setting that the url comes from, for messages. */
  readonly setting?: string
}

const commandTimeoutMs = 1_000

/**
 * Opens the lease store by its url: `memory:`, or `redis://host:port` (also `rediss:`) for several replicas. The caller
 * closes it.
 *
 * @throws {ConfigError} in one sentence, when it cannot be used as it is set up
 */
export async function openLeaseStore(url: string, deps: OpenLeaseStoreDeps): Promise<LeaseStore> {
  const { scheme } = splitUrl(url)
  const { clock, log, setting = 'LEASE_STORE_URL' } = deps
  if (scheme === 'memory') return createMemoryLeaseStore({ clock })
  if (scheme === 'redis' || scheme === 'rediss') {
    const redis = await connectRedis(url, { log, setting, commandTimeoutMs })
    const shared = createRedisLeaseStore(redis)
    const budgets = withLocalLeases(shared, createMemoryLeaseStore({ clock }))
    // Budgets go on by each process alone; leases mean nothing when nobody else sees them.
    return { ...shared, take: (key, budget, cost) => budgets.take(key, budget, cost) }
  }
  throw new ConfigError(`${setting}: memory: or redis://host:port is expected, not the scheme "${scheme}".`)
}
