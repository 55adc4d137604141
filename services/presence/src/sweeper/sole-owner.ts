import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { randomUUID } from 'node:crypto'

/** One replica at a time. */
export interface SoleOwner {
  /** Takes or keeps the ownership. @returns whether this replica has it now, and whether it is new to it */
  claim(): Promise<{ isOwner: boolean; isNew: boolean }>
  /** Lets another replica have it at once. Repeating it is harmless. */
  release(): Promise<void>
}

/**
 * Ownership of one piece of work through a lease. Two owners for a moment are possible (a paused process): the work must
 * bear being done twice.
 *
 * @param ttlMs  An owner that does not claim again within this has lost it.
 */
export function createSoleOwner(
  key: string,
  { leaseStore, clock, ttlMs }: { leaseStore: LeaseStore; clock: Clock; ttlMs: number },
): SoleOwner {
  const self = randomUUID()
  let ownedUntil = 0
  return {
    claim: async () => {
      const now = clock.now()
      const { wasEmpty } = await leaseStore.hold(key, self, ttlMs)
      const wasOwner = now < ownedUntil
      if (wasEmpty || wasOwner) {
        ownedUntil = now + ttlMs
        return { isOwner: true, isNew: !wasOwner }
      }
      ownedUntil = 0
      await leaseStore.release(key, self)
      return { isOwner: false, isNew: false }
    },
    release: async () => {
      ownedUntil = 0
      await leaseStore.release(key, self)
    },
  }
}
