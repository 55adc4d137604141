import { AppError } from '@our-now/platform/errors/app-error.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { RoomOperation } from './room-operation.ts'

/** An operation with whoever waits for its answer. */
export interface Waiting {
  readonly operation: RoomOperation
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

export interface LaneLimits {
  /** Most operations in one transaction. */
  readonly maxOperations: number
  /** Most bytes in one transaction; a single larger operation still goes alone. */
  readonly maxBytes: number
  /** Most operations that may wait. */
  readonly maxWaiting: number
  /** A transaction begins at the earliest this long after the one before it began, in ms; 0: at once. */
  readonly gapMs: number
}

/** One serial writer. */
export interface Lane {
  /** @throws {AppError} overloaded when too many wait; nothing was taken then. */
  push(waiting: Waiting): void
  /** Resolves when nothing waits and nothing is being written. */
  idle(): Promise<void>
}

/**
 * A free lane takes everything that waits into one transaction: under load a batch is what arrived during the last
 * commit. On a database across a network a transaction costs more than what is in it, so that its lanes leave a gap
 * between two: after a quiet moment an operation commits alone at once, in a stream those of a few milliseconds share.
 *
 * @param write  Writes and answers a batch; never rejects.
 */
export function createLane(write: (batch: readonly Waiting[]) => Promise<void>, limits: LaneLimits): Lane {
  let queue: Waiting[] = []
  let running: Promise<void> | undefined
  let begunAtMs = -Infinity

  async function drain(): Promise<void> {
    // What the sockets read in the same turn of the event loop belongs together.
    await new Promise((resolve) => setImmediate(resolve))
    while (queue.length > 0) {
      const restMs = begunAtMs + limits.gapMs - performance.now()
      if (restMs > 0) await delay(restMs)
      begunAtMs = performance.now()
      const size = batchSize(queue, limits)
      const batch = queue.slice(0, size)
      queue = queue.slice(size)
      await write(batch)
    }
    running = undefined
  }

  return {
    push(waiting) {
      if (queue.length >= limits.maxWaiting) {
        throw new AppError('overloaded', undefined, { retryAfterMs: 500 + Math.round(Math.random() * 1_000) })
      }
      queue.push(waiting)
      running ??= drain()
    },
    async idle() {
      await running
    },
  }
}

function batchSize(queue: readonly Waiting[], limits: LaneLimits): number {
  let bytes = 0
  let size = 0
  for (const { operation } of queue) {
    bytes += operation.bytes
    if (size > 0 && (size >= limits.maxOperations || bytes > limits.maxBytes)) break
    size += 1
  }
  return size
}
