import type { Logger } from '@our-now/platform/logging/logger.ts'

export interface Periodic {
  start(): void
  /** Waits for the run at hand. Repeating it is harmless. */
  stop(): Promise<void>
}

/**
 * Runs `work` again and again, each time after `intervalMs` and never twice at once. A failed run is logged and the
 * next one comes as ever.
 *
 * @param jitter  Share by which the interval varies, so that replicas do not ask in step: 0.2 is ±20 %.
 */
export function createPeriodic(
  name: string,
  work: () => Promise<void> | void,
  { intervalMs, jitter = 0, log }: { intervalMs: number; jitter?: number; log: Logger },
): Periodic {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isStopped = true

  const arm = (): void => {
    if (isStopped) return
    const waitMs = intervalMs * (1 + jitter * (2 * Math.random() - 1))
    timer = setTimeout(() => {
      running = run()
    }, waitMs).unref()
  }
  const run = async (): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log.warn({ err: error, work: name }, 'periodic work failed')
    }
    arm()
  }
  return {
    start: () => {
      if (!isStopped) return
      isStopped = false
      arm()
    },
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
