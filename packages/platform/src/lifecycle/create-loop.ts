/** Work that is done again and again: when nudged at once, else every `idleMs`. */
export interface Loop {
  start(): void
  /** Something may be there to do: look now. Cheap; many nudges are one look. */
  nudge(): void
  /** Lets the turn at hand finish. Safe to call twice. */
  stop(): Promise<void>
}

interface LoopOptions {
  /** One turn. @returns whether there is more to do at once. */
  readonly run: () => Promise<boolean>
  /** Longest wait without a nudge, in ms. */
  readonly idleMs: number
  /**
   * Least time from one turn's start to the next one's, in ms, unless the turn said that there is more; 0. A nudge
   * after a rest is heard at once, those of a stream gather for one turn.
   */
  readonly gapMs?: number
  /** A turn failed; the next one waits longer each time, up to 5 s. `failures` counts those in a row. */
  readonly onError: (error: unknown, failures: number) => void
}

const firstBackoffMs = 100
const maxBackoffMs = 5_000

/** Full jitter, so that many who failed together do not return together. `failures` from 1. */
export const backoffMs = (failures: number, firstMs = firstBackoffMs, maxMs = maxBackoffMs): number =>
  Math.random() * Math.min(maxMs, firstMs * 2 ** failures)

export function createLoop({ run, idleMs, gapMs = 0, onError }: LoopOptions): Loop {
  let running: Promise<void> | undefined
  const stopping = new AbortController()
  let isNudged = false
  /** Waits for a nudge, not for time to pass. */
  let isResting = false
  let failures = 0
  let wake: (() => void) | undefined

  /** @returns how long to wait for a nudge, in ms; 0: there is more to do at once */
  const turn = async (): Promise<number> => {
    isNudged = false
    try {
      const hasMore = await run()
      failures = 0
      return hasMore ? 0 : idleMs
    } catch (error) {
      failures++
      onError(error, failures)
      return backoffMs(failures)
    }
  }
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const runUntilStopped = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const startedAtMs = performance.now()
      const waitMs = await turn()
      if (waitMs === 0 || stopping.signal.aborted) continue
      // After a failure the wait is meant: whatever comes in meanwhile waits with it.
      if (failures > 0) await sleep(waitMs)
      else {
        isResting = true
        if (!isNudged) await sleep(waitMs)
        isResting = false
        const restMs = startedAtMs + gapMs - performance.now()
        if (restMs > 0 && !stopping.signal.aborted) await sleep(restMs)
      }
    }
  }

  return {
    start: () => {
      running ??= runUntilStopped()
    },
    nudge: () => {
      isNudged = true
      if (isResting) wake?.()
    },
    stop: async () => {
      stopping.abort()
      wake?.()
      await running
    },
  }
}
