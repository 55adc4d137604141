import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { createHash, randomUUID } from 'node:crypto'
import { delayAfter, type DelayPolicy } from './attempt-delay.ts'

/** Failures older than this are forgotten. */
const memoryMs = 15 * 60_000

interface Attempt {
  /** The password was right: all failures of this account are forgotten. */
  succeed(): Promise<void>
  /** Nothing was tried (the service was busy): this attempt does not count. */
  withdraw(): Promise<void>
}

/**
 * Slows down guessing at one account, whether it exists or not. An attempt counts as a failure from its beginning until
 * it succeeds, so that many at once cannot slip through together.
 *
 * @throws {AppError} rate_limited with the wait, when there were too many failures; that try does not count.
 */
export type BeginAttempt = (account: string) => Promise<Attempt>

interface AttemptThrottleDeps {
  readonly leaseStore: LeaseStore
  readonly clock: Clock
  readonly policy: DelayPolicy
}

/** @param purpose  Failures of different purposes do not touch each other. */
export function createAttemptThrottle(
  purpose: string,
  { leaseStore, clock, policy }: AttemptThrottleDeps,
): BeginAttempt {
  return async (account) => {
    const key = `auth:${purpose}:${createHash('sha256').update(account).digest('base64url')}`
    const attempt = randomUUID()
    const now = clock.now()
    await leaseStore.hold(key, attempt, memoryMs, String(now))
    const others = await listOthers(leaseStore, key, attempt)
    const retryAfterMs = delayAfter(
      policy,
      others.map(({ at }) => at),
      now,
    )
    if (retryAfterMs > 0) {
      await leaseStore.release(key, attempt)
      throw new AppError('rate_limited', undefined, { retryAfterMs })
    }
    return {
      withdraw: async () => void (await leaseStore.release(key, attempt)),
      succeed: async () => {
        for (const member of [attempt, ...others.map((other) => other.member)])
          await leaseStore.release(key, member)
      },
    }
  }
}

async function listOthers(
  leaseStore: LeaseStore,
  key: string,
  own: string,
): Promise<readonly { member: string; at: number }[]> {
  const members = (await leaseStore.list([key])).get(key) ?? []
  return members
    .filter(({ member }) => member !== own)
    .map(({ member, value }) => ({ member, at: Number(value ?? 0) }))
}
