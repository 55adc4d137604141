import type { HubEventName, HubEvents } from '@our-now/contracts/socket.ts'
import type { Server, Socket } from 'socket.io'

/** One published hint. */
export type Published = {
  readonly [N in HubEventName]: { readonly channel: string; readonly name: N; readonly payload: HubEvents[N] }
}[HubEventName]

/** How a gateway writes to its sockets. All optional: the defaults are what DELIVERY 3.7 asks for. */
export interface AttachOptions {
  /** Write room pushes coalesced per tick (default), or by Socket.IO's own way. */
  readonly isCoalesced?: boolean
  /** Pushes that may wait for one socket before it counts as lagging; 256. */
  readonly maxWaitingEvents?: number
  /** Bytes that may wait for one socket before it counts as lagging; 1 MiB. */
  readonly maxWaitingBytes?: number
  /** How long a socket may lag before it is cut, in ms; 30 s. */
  readonly maxLagMs?: number
  /** A socket that lagged has read everything again: tell it the heads of its rooms. */
  readonly onCaughtUp?: (socket: Socket) => void
  /** A socket lagged for too long and has been cut. */
  readonly onTooSlow?: (socket: Socket) => void
}

/** One gateway's place at the hub. */
export interface Attachment {
  /** The socket does not read what it is sent: answer it as little as possible. */
  readonly isLagging: (socket: Socket) => boolean
  /** No publish is routed any more. Repeating it is harmless. */
  readonly detach: () => void
}

/**
 * The way of live pushes from services to the sockets of all gateways. A hint: it may be late, doubled or lost, never
 * waits and never fails. Embedded: in this process; distributed: sharded Redis pub/sub.
 */
export interface SocketHub {
  /** Fire and forget. Gateways without a socket in `channel` spend nothing on it. */
  publish<N extends HubEventName>(channel: string, name: N, payload: HubEvents[N]): void
  /**
   * Makes `io` one of the hub's gateways: installs the coalescing adapter and calls `route` for each publish whose
   * channel has a local socket. The gateway then emits with `io.local.to(channel).emit(…)`. Call it before the first
   * connection.
   */
  attach(io: Server, route: (published: Published) => void, options?: AttachOptions): Attachment
  /** Called when pushes may have been lost (a reconnect of the hub's own connection). */
  onDisturbed(listener: () => void): void
  close(): Promise<void>
}
