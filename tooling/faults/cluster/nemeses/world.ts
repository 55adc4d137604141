import type { Cluster, MemberName } from '../../../cluster/cluster.ts'
import type { ProxyMode } from '../proxy/proxy-mode.ts'

/** What faults act on. */
export interface World {
  readonly cluster: Cluster
  /** The database as its administrator, directly. */
  readonly adminUrl: string
  /** Turns the proxy of an edge or the door of the clients. */
  readonly turn: (edge: string, mode: ProxyMode) => void
  /** Everything passes again. */
  readonly passAll: () => void
  /** Shifts the clock of a service process by so many ms; 0: as it is. */
  readonly shiftClock: (name: MemberName, byMs: number) => void
  /** Where the database keeps its files, if that can be made full. */
  readonly smallDisk: SmallDisk | undefined
}

export interface SmallDisk {
  /** No more space than what is used now. */
  readonly fill: () => Promise<void>
  readonly empty: () => Promise<void>
}
