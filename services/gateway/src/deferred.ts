import type { Logger } from '@our-now/platform/logging/logger.ts'

/** Work that is done soon after something asked for it, once for all that asked meanwhile. */
export interface Deferred {
  nudge(): void
  /** Waits for the run at hand; nothing runs afterwards. Repeating it is harmless. */
  stop(): Promise<void>
}

const retryMs = 1_000

/** Work that fails is logged and tried again after a second, until it succeeds. */
export function createDeferred(
  name: string,
  work: () => Promise<void>,
  { afterMs, log }: { afterMs: number; log: Logger },
): Deferred {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isStopped = false

  const arm = (waitMs: number): void => {
    if (isStopped || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      running = run()
    }, waitMs).unref()
  }
  const run = async (): Promise<void> => {
    // Whoever asks during a run is served by the next one, after this one.
    await running
    try {
      await work()
    } catch (error) {
      log.warn({ err: error, work: name }, 'deferred work failed')
      arm(retryMs)
    }
  }
  return {
    nudge: () => arm(afterMs),
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
