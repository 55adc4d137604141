/** Every wait of the client in milliseconds, so that tests can be quick and the load harness slow. */
export interface Timing {
  /** A command without an acknowledgement after this is `timeout`. */
  readonly ackMs: number
  /** A REST request without an answer after this is `timeout`. */
  readonly requestMs: number
  /** A connection that is not ready after this is given up. */
  readonly connectMs: number
  /** Reconnects wait a random time from `reconnectMinMs` to this, doubled with each failure up to the cap. */
  readonly reconnectMinMs: number
  readonly reconnectFirstMs: number
  readonly reconnectCapMs: number
  /** From seeing a hole to asking for it: the missing push is often just late. Up to as much again at random. */
  readonly holeMs: number
  /** Least time between two syncs: 10 calls a second at most. */
  readonly syncGapMs: number
  /**
   * For how long after a send that got no answer its try may still be carried out: what the server takes for a command,
   * and for how long a gateway may have stood still without closing its connections.
   */
  readonly tryLifeMs: number
  /** First and longest wait after a failed send, sync or cursor move. */
  readonly retryFirstMs: number
  readonly retryCapMs: number
  /** Least time between two moves of one room's read cursor. */
  readonly cursorGapMs: number
  /** Least time between two snapshots of one room's cursors. */
  readonly cursorReloadMs: number
  /** Least time between two typing signals of one room. */
  readonly typingMs: number
}

export const defaultTiming: Timing = {
  ackMs: 6_000,
  requestMs: 15_000,
  connectMs: 10_000,
  reconnectMinMs: 200,
  reconnectFirstMs: 5_000,
  reconnectCapMs: 30_000,
  holeMs: 150,
  syncGapMs: 100,
  tryLifeMs: 12_000,
  retryFirstMs: 500,
  retryCapMs: 30_000,
  cursorGapMs: 1_000,
  cursorReloadMs: 2_000,
  typingMs: 3_000,
}

/** A random wait that grows with each failure ("full jitter"): everybody coming back at once would be a second fault. */
export function jittered(minMs: number, firstMs: number, capMs: number, failures: number): number {
  const most = Math.min(capMs, firstMs * 2 ** Math.min(failures, 20))
  return minMs + Math.random() * Math.max(0, most - minMs)
}
