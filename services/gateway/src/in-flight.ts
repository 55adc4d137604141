import { AppError } from '@our-now/platform/errors/app-error.ts'

/** Counts calls at hand, so that stopping can wait for them. */
export interface InFlight {
  /** @throws {AppError} unavailable once `close` was called */
  run<T>(work: () => Promise<T>): Promise<T>
  /** Takes no more calls and resolves when the last one has ended, or after `patienceMs`. */
  close(patienceMs: number): Promise<void>
}

export function createInFlight(): InFlight {
  let count = 0
  let isClosed = false
  let onIdle: (() => void) | undefined
  return {
    async run(work) {
      if (isClosed) throw new AppError('unavailable', undefined, { retryAfterMs: 1_000 })
      count += 1
      try {
        return await work()
      } finally {
        count -= 1
        if (count === 0) onIdle?.()
      }
    },
    async close(patienceMs) {
      isClosed = true
      if (count === 0) return
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        onIdle = resolve
        timer = setTimeout(resolve, patienceMs)
      })
      clearTimeout(timer)
    },
  }
}
