import type { Logger } from '../logging/logger.ts'
import { attachGateway } from './attach-gateway.ts'
import { createLocalGateways, type LocalGateway } from './local-gateways.ts'
import type { Published, SocketHub } from './socket-hub.ts'

/** The hub of one process: a publish reaches the gateway before it returns. Nothing is ever disturbed. */
export function createMemorySocketHub({ log }: { log: Logger }): SocketHub {
  const gateways = createLocalGateways(log)
  return {
    publish(channel, name, payload) {
      /** True because name and payload are tied to each other by this method's own type. */
      gateways.deliver({ channel, name, payload } as Published)
    },
    attach(io, route, options = {}) {
      const attached = attachGateway(io, options)
      const gateway: LocalGateway = { hasMembers: attached.hasMembers, route }
      gateways.add(gateway)
      return {
        isLagging: attached.isLagging,
        detach: () => {
          gateways.remove(gateway)
          attached.stop()
        },
      }
    },
    onDisturbed: () => undefined,
    close: async () => gateways.clear(),
  }
}
