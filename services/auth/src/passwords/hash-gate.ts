import { AppError } from '@our-now/platform/errors/app-error.ts'

/** Lets a few pieces of heavy work run at once and a bounded number wait. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

const retryAfterMs = 1_000

/**
 * Each hash takes 19 MiB and about 11 ms of a core: without a bound, sign-ins would be a way to take the machine down.
 *
 * @throws {AppError} overloaded when `maxWaiting` are waiting already; nothing was begun then.
 */
export function createGate({ concurrency, maxWaiting }: { concurrency: number; maxWaiting: number }): Gate {
  const waiting: (() => void)[] = []
  let running = 0

  const enter = async (): Promise<void> => {
    if (running < concurrency) {
      running += 1
      return
    }
    if (waiting.length >= maxWaiting) throw new AppError('overloaded', undefined, { retryAfterMs })
    // The one who leaves hands over its place, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }

  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
