import type { MemberName } from '../../../cluster/cluster.ts'
import type { ProxyMode } from '../proxy/proxy-mode.ts'

/** One fault as it was planned: when, on what, for how long. Instants and lengths in ms. */
export type Fault = {
  /** Unique in the run. */
  readonly id: string
  /** After the faults began. */
  readonly atMs: number
  /** How long it is kept up; for what mends itself (a kill), how long it counts as going on. */
  readonly lastsMs: number
} & FaultDeed

export type FaultDeed =
  | { readonly kind: 'kill' | 'pause'; readonly target: MemberName }
  /** An edge `from>to`, or a door of the clients `clients>gateway-1`. */
  | { readonly kind: ProxyMode['kind']; readonly target: string; readonly mode: ProxyMode }
  | { readonly kind: 'pubsub-kill' | 'small-buffers'; readonly target: 'redis' }
  | { readonly kind: 'transaction-kill' | 'read-only' | 'disk-full'; readonly target: 'mariadb' }
  | { readonly kind: 'rolling-restart'; readonly target: 'gateway' | 'chat' }
  | { readonly kind: 'clock-jump'; readonly target: MemberName; readonly byMs: number }
