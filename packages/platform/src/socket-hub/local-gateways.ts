import type { Logger } from '../logging/logger.ts'
import type { Published } from './socket-hub.ts'

export interface LocalGateway {
  hasMembers(channel: string): boolean
  route(published: Published): void
}

/** The gateways of this process that are attached to its hub; in practice one. */
export interface LocalGateways {
  add(gateway: LocalGateway): void
  /** @returns whether it was there. */
  remove(gateway: LocalGateway): boolean
  clear(): void
  /**
   * Hands a push to every gateway that has somebody in the channel. Does not throw: a push is a hint, the service that
   * published must not fail by it, and the gateway repairs by seq.
   */
  deliver(published: Published): void
}

export function createLocalGateways(log: Logger): LocalGateways {
  const gateways = new Set<LocalGateway>()
  return {
    add: (gateway) => void gateways.add(gateway),
    remove: (gateway) => gateways.delete(gateway),
    clear: () => gateways.clear(),
    deliver: (published) => {
      for (const gateway of gateways) {
        if (!gateway.hasMembers(published.channel)) continue
        try {
          gateway.route(published)
        } catch (error) {
          log.error({ err: error, event: published.name }, 'push could not be routed')
        }
      }
    },
  }
}
