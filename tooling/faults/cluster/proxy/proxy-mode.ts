/** `up`: from the one that connects to the one that listens; `down`: back. */
export type Direction = 'up' | 'down' | 'both'

/** What a proxy does to the connections of its edge. */
export type ProxyMode =
  | { readonly kind: 'pass' }
  /**
   * Nothing gets through, and nobody is told: connections are accepted, bytes and ends stay on the way. When healed,
   * what was on the way arrives late, as with TCP after a partition; or everybody is cut, as behind a firewall that forgot.
   */
  | { readonly kind: 'blackhole'; readonly direction: Direction; readonly healsBy: 'late' | 'reset' }
  /** Cuts what is there and whatever comes, with RST. */
  | { readonly kind: 'reset' }
  /** For the connections of this moment one side is gone and the other is never told, healed or not. New ones pass. */
  | { readonly kind: 'half-open'; readonly dead: 'up' | 'down' }
  | { readonly kind: 'delay'; readonly ms: number; readonly direction: Direction }
  /** Cuts each connection after so many more bytes, in the middle of whatever is being said. */
  | { readonly kind: 'truncate'; readonly afterBytes: number; readonly direction: Direction }
  | { readonly kind: 'rate'; readonly bytesPerSecond: number; readonly direction: Direction }

export const passing: ProxyMode = { kind: 'pass' }

export const concerns = (direction: Direction, side: 'up' | 'down'): boolean =>
  direction === 'both' || direction === side
