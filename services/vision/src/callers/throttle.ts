import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'

/** Looking at a picture takes about 100 ms of a core: what one person may have looked at. */
const budgets = {
  check: { perSecond: 3, burst: 40 },
  enrol: { perSecond: 1 / 20, burst: 6 },
  // Two dozen pictures each; of those that cannot be read the tries count nothing.
  verify: { perSecond: 1 / 5, burst: 12 },
  suggest: { perSecond: 1 / 3, burst: 30 },
} as const

/** @throws {AppError} rate_limited with the wait */
export type Throttle = (purpose: keyof typeof budgets, userId: string) => Promise<void>

export function createThrottle(leaseStore: LeaseStore): Throttle {
  return async (purpose, userId) => {
    const retryAfterMs = await leaseStore.take(`vision:${purpose}:${userId}`, budgets[purpose])
    if (retryAfterMs > 0) throw new AppError('rate_limited', undefined, { retryAfterMs })
  }
}
