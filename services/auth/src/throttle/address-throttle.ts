import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'

/**
 * Counts one try against the budget of the caller's address. Callers whose address is unknown share one budget.
 *
 * @throws {AppError} rate_limited with the wait, when the budget is used up.
 */
export type ThrottleAddress = (context: CallContext) => Promise<void>

/** @param purpose  Budgets of different purposes do not touch each other. */
export function createAddressThrottle(
  leaseStore: LeaseStore,
  purpose: string,
  perMinute: number,
): ThrottleAddress {
  const budget = { perSecond: perMinute / 60, burst: perMinute }
  return async ({ address = 'unknown' }) => {
    const retryAfterMs = await leaseStore.take(`auth:${purpose}:${address}`, budget)
    if (retryAfterMs > 0) throw new AppError('rate_limited', undefined, { retryAfterMs })
  }
}
