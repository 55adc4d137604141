import type { HubEventName, HubEvents } from '@our-now/contracts/socket.ts'
import type { Server } from 'socket.io'

/** One published hint. */
export type Published = {
  readonly [N in HubEventName]: { readonly channel: string; readonly name: N; readonly payload: HubEvents[N] }
}[HubEventName]

/**
 * The way of live pushes from services to the sockets of all gateways. A hint: it may be late, doubled or lost, never
 * waits and never fails. Embedded: in this process; distributed: sharded Redis pub/sub.
 */
export interface SocketHub {
  /** Fire and forget. Gateways without a socket in `channel` spend nothing on it. */
  publish<N extends HubEventName>(channel: string, name: N, payload: HubEvents[N]): void
  /**
   * Makes `io` one of the hub's gateways: installs the coalescing adapter and calls `route` for each publish whose
   * channel has a local socket. The gateway then emits with `io.local.to(channel).emit(…)`.
   */
  attach(io: Server, route: (published: Published) => void): void
  /** Called when pushes may have been lost (a reconnect of the hub's own connection). */
  onDisturbed(listener: () => void): void
  close(): Promise<void>
}
