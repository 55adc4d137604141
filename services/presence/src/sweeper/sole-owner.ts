import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { randomUUID } from 'node:crypto'

interface Claim {
  readonly isOwner: boolean
  /** Another replica may have been the owner just now. */
  readonly isNew: boolean
  /** The store does not know of a claim that should still hold: it began anew, and all leases in it are gone. */
  readonly isForgotten: boolean
}

/** One replica at a time. */
export interface SoleOwner {
  /** Takes or keeps the ownership. */
  claim(): Promise<Claim>
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
        return { isOwner: true, isNew: !wasOwner, isForgotten: wasEmpty && wasOwner }
      }
      ownedUntil = 0
      await leaseStore.release(key, self)
      return { isOwner: false, isNew: false, isForgotten: false }
    },
    release: async () => {
      ownedUntil = 0
      await leaseStore.release(key, self)
    },
  }
}
