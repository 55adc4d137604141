import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { Budget } from './token-bucket.ts'

/**
 * Counts against a budget that all gateways share.
 *
 * @throws {AppError} rate_limited with the wait
 */
export type TakeShared = (key: string, budget: Budget) => Promise<void>

/**
 * A store that is away counts in this process alone, and soon: nobody waits for it. Where it cannot count at all,
 * nothing is refused: acknowledgements depend on the database alone.
 */
export function createTakeShared({ leaseStore, log }: { leaseStore: LeaseStore; log: Logger }): TakeShared {
  return async (key, budget) => {
    const waitMs = await leaseStore.take(`budget:${key}`, budget).catch((error: unknown) => {
      log.warn({ err: error }, 'budget could not be counted')
      return 0
    })
    if (waitMs > 0) throw new AppError('rate_limited', undefined, { retryAfterMs: Math.ceil(waitMs) })
  }
}
