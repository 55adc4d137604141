import { createRequire } from 'node:module'

interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null
  readonly throttledUntil: number
  readonly pending: readonly unknown[]
  checkPendingRequests(): void
  scheduleCheckPendingRequests(): void
}

const checkEveryMs = 10

/**
 * kafkajs looks after its waiting requests by a timer that sets itself anew also when nothing waits, with a time of
 * "minus now": Node warns (TimeoutNegativeWarning) and fires each millisecond, on every connection, for ever. Here the
 * timer is set only while something waits. Call it before the first connection; safe to call twice.
 */
export function calmKafkajsTimers(): void {
  /** True of kafkajs 2.2.4, whose version is exact in package.json; the tests of the event log run on it. */
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
    readonly prototype: RequestQueue
  }
  prototype.scheduleCheckPendingRequests = function scheduleCheck(this: RequestQueue): void {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return
    const throttledMs = this.throttledUntil - Date.now()
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null
        this.checkPendingRequests()
      },
      throttledMs > 0 ? throttledMs : checkEveryMs,
    )
  }
}
