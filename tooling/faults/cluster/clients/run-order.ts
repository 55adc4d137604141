import type { ProxyMode } from '../proxy/proxy-mode.ts'

/** How much is done in a run. */
export interface Load {
  readonly clients: number
  readonly rooms: number
  /** Messages a second that everybody together may begin. */
  readonly sendsPerSecond: number
  /** Other requests a second, everybody together. */
  readonly membershipsPerSecond: number
  readonly deletesPerSecond: number
  readonly readsPerSecond: number
  readonly cutsPerSecond: number
}

/** What the clients' process is told to do in one run. */
export interface RunOrder extends Load {
  readonly seed: number
  /** Distinguishes the accounts of this run from those before. */
  readonly runName: string
  /** The machine's monotonic instant of the run's beginning, in ms. */
  readonly baseMs: number
  readonly historyFile: string
  /** Where clients may connect: host and port of the balancer and of the gateways, by name. */
  readonly doors: readonly { readonly name: string; readonly host: string; readonly port: number }[]
  /** The origin of the product's own page. */
  readonly origin: string
  /** Of all sends, sent a second time on purpose. */
  readonly repeatShare: number
}

/** From the runner to the clients. */
export type ClientsCommand =
  | { readonly kind: 'begin'; readonly order: RunOrder }
  | { readonly kind: 'silence' }
  /** Says who has not reached these heads yet. */
  | { readonly kind: 'compare'; readonly heads: readonly { roomId: string; head: number }[] }
  | { readonly kind: 'finish' }
  /** The proxies of the clients that use this door. */
  | { readonly kind: 'turn'; readonly door: string; readonly mode: ProxyMode }

/** From the clients to the runner; one answer to each command but `turn`. */
export type ClientsAnswer =
  | { readonly kind: 'begun'; readonly roomIds: readonly string[] }
  | { readonly kind: 'silent' }
  | {
      readonly kind: 'compared'
      readonly acked: number
      readonly waiting: number
      readonly offline: number
      readonly behind: readonly string[]
    }
  | { readonly kind: 'finished'; readonly acked: number; readonly unknown: number; readonly views: unknown }
  | { readonly kind: 'failed'; readonly message: string }
