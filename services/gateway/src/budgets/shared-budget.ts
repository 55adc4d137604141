import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { Budget } from './token-bucket.ts'

/** Longer than this nobody waits to be counted, in ms. */
const patienceMs = 200

/**
 * Counts against a budget that all gateways share.
 *
 * @throws {AppError} rate_limited with the wait
 */
export type TakeShared = (key: string, budget: Budget) => Promise<void>

/** While the store is away nothing is counted: acknowledgements depend on the database alone. */
export function createTakeShared({ leaseStore, log }: { leaseStore: LeaseStore; log: Logger }): TakeShared {
  return async (key, budget) => {
    const waitMs = await takeWithin(leaseStore, key, budget).catch((error: unknown) => {
      log.warn({ err: error }, 'budget could not be counted')
      return 0
    })
    if (waitMs > 0) throw new AppError('rate_limited', undefined, { retryAfterMs: Math.ceil(waitMs) })
  }
}

async function takeWithin(leaseStore: LeaseStore, key: string, budget: Budget): Promise<number> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(() => resolve(0), patienceMs)
  })
  try {
    return await Promise.race([leaseStore.take(`budget:${key}`, budget), late])
  } finally {
    clearTimeout(timer)
  }
}
