import type { Logger } from '../logging/logger.ts'
import { attachGateway } from './attach-gateway.ts'
import type { Published, SocketHub } from './socket-hub.ts'

interface Gateway {
  hasMembers(channel: string): boolean
  route(published: Published): void
}

/** The hub of one process: a publish reaches the gateway before it returns. Nothing is ever disturbed. */
export function createMemorySocketHub({ log }: { log: Logger }): SocketHub {
  const gateways = new Set<Gateway>()
  return {
    publish(channel, name, payload) {
      /** True because name and payload are tied to each other by this method's own type. */
      const published = { channel, name, payload } as Published
      for (const gateway of gateways) {
        if (!gateway.hasMembers(channel)) continue
        try {
          gateway.route(published)
        } catch (error) {
          // A push is a hint: the service that published must not fail by it, and the gateway repairs by seq.
          log.error({ err: error, event: name }, 'push could not be routed')
        }
      }
    },
    attach(io, route, options = {}) {
      const attached = attachGateway(io, options)
      const gateway: Gateway = { hasMembers: attached.hasMembers, route }
      gateways.add(gateway)
      return {
        isLagging: attached.isLagging,
        detach: () => {
          gateways.delete(gateway)
          attached.stop()
        },
      }
    },
    onDisturbed: () => undefined,
    close: async () => gateways.clear(),
  }
}
