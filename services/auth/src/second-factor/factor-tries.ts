import type { TypedWay } from '@our-now/contracts/auth/second-factor.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { BeginAttempt } from '../throttle/attempt-throttle.ts'

const dayInSeconds = 86_400

/**
 * Bounds guessing at one account's second factor, over all its sign-ins: a growing wait after a few wrong codes of a kind,
 * and so many codes of the app a day in all. Whoever guesses has the password already, so this must hold for weeks. Recovery
 * codes are too long to be guessed: they stay a way in for the owner while somebody uses up the tries.
 *
 * @param work  Throws `second_factor_wrong` or `sign_in_ended` for a wrong code.
 * @throws {AppError} rate_limited with the wait; then `work` was not begun.
 */
export type FactorTries = <T>(userId: string, way: TypedWay, work: () => Promise<T>) => Promise<T>

/** One of the tries that an account has in a day, whatever they end with. @throws {AppError} rate_limited with the wait */
export type TakeTryOfDay = (userId: string) => Promise<void>

/** @param perDay  Over all sign-ins of an account, whichever 24 hours one looks at: half at once, half over the day. */
export function createTakeTryOfDay(leaseStore: LeaseStore, perDay: number): TakeTryOfDay {
  const budget = { perSecond: perDay / 2 / dayInSeconds, burst: Math.max(1, perDay / 2) }
  return async (userId) => {
    const retryAfterMs = await leaseStore.take(`auth:second-factor-day:${userId}`, budget)
    if (retryAfterMs > 0) throw new AppError('rate_limited', undefined, { retryAfterMs })
  }
}

export function createFactorTries({
  beginAttemptAt,
  takeTryOfDay,
}: {
  readonly beginAttemptAt: Readonly<Record<TypedWay, BeginAttempt>>
  readonly takeTryOfDay: TakeTryOfDay
}): FactorTries {
  return async (userId, way, work) => {
    const attempt = await beginAttemptAt[way](userId)
    try {
      if (way === 'totp') await takeTryOfDay(userId)
      const done = await work()
      await attempt.succeed()
      return done
    } catch (error) {
      // Wrong codes count; what went wrong on our side does not.
      const isWrong =
        error instanceof AppError && ['second_factor_wrong', 'sign_in_ended'].includes(error.code)
      if (!isWrong) await attempt.withdraw()
      throw error
    }
  }
}
