import { ReplyError, type Redis } from 'ioredis'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../errors/app-error.ts'

/** Lets callers fail at once while a server does not answer, instead of each waiting for itself. */
export interface RedisCircuit {
  /** @throws {AppError} unavailable: it did not answer in time, or did not a moment ago */
  run<T>(ask: () => Promise<T>): Promise<T>
  /** Ends the asking in the background; not the connection. */
  stop(): void
}

/** Whether the server is back is asked this often, in ms; never by a caller. */
const probeMs = 100

/** @param patienceMs  An answer that takes longer counts as none. */
export function createRedisCircuit(redis: Redis, { patienceMs }: { patienceMs: number }): RedisCircuit {
  const stopping = new AbortController()
  let isOpen = false

  const probe = async (): Promise<void> => {
    while (isOpen) {
      await wait(probeMs, undefined, { ref: false, signal: stopping.signal })
      isOpen = !(await redis.ping().then(
        () => true,
        () => false,
      ))
    }
  }
  const open = (): void => {
    if (isOpen || stopping.signal.aborted) return
    isOpen = true
    // Rejects only when it is stopped.
    probe().catch(() => undefined)
  }

  return {
    run: async (ask) => {
      if (isOpen) throw unavailable(undefined)
      try {
        return await within(patienceMs, ask())
      } catch (error) {
        // It answered, though with a refusal: it is there.
        if (!(error instanceof ReplyError)) open()
        throw unavailable(error)
      }
    },
    stop: () => stopping.abort(),
  }
}

const unavailable = (cause: unknown): AppError =>
  new AppError('unavailable', undefined, { cause, retryAfterMs: 1_000 })

async function within<T>(patienceMs: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
