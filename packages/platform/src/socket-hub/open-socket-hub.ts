import { ConfigError } from '../config/config-error.ts'
import { splitUrl } from '../config/split-url.ts'
import type { Logger } from '../logging/logger.ts'
import { createMemorySocketHub } from './memory-socket-hub.ts'
import type { SocketHub } from './socket-hub.ts'

/** @param url  `memory:`, within one process. The caller closes it. */
export async function openSocketHub(url: string, deps: { log: Logger }): Promise<SocketHub> {
  const { scheme } = splitUrl(url)
  if (scheme === 'memory') return createMemorySocketHub(deps)
  throw new ConfigError(`SOCKET_HUB_URL: unknown scheme "${scheme}"`)
}
