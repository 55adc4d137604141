import type { Clock } from '../clock/clock.ts'
import { ConfigError } from '../config/config-error.ts'
import { splitUrl } from '../config/split-url.ts'
import type { LeaseStore } from './lease-store.ts'
import { createMemoryLeaseStore } from './memory-lease-store.ts'

export interface OpenLeaseStoreDeps {
  readonly clock: Clock
  /** The setting that the url comes from, for messages. */
  readonly setting?: string
}

/**
 * Opens the lease store by its url (`memory:`). The caller closes it.
 *
 * @throws {ConfigError} in one sentence, when it cannot be used as it is set up
 */
export async function openLeaseStore(url: string, deps: OpenLeaseStoreDeps): Promise<LeaseStore> {
  const { scheme } = splitUrl(url)
  if (scheme === 'memory') return createMemoryLeaseStore(deps)
  throw new ConfigError(
    `${deps.setting ?? 'LEASE_STORE_URL'}: memory: is expected, not the scheme "${scheme}".`,
  )
}
