import type { FacePurpose } from '@our-now/contracts/vision/shapes.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { randomUUID } from 'node:crypto'

interface Try {
  /** Counts this one as failed from its beginning, so that many at once cannot slip through together. */
  readonly triesLeft: number
  /** It passed: all failures are forgotten. */
  succeed(): Promise<void>
  /** Nothing was tried (the service was busy): it does not count. */
  withdraw(): Promise<void>
}

/**
 * How often a person’s face may fail, for each purpose by itself: whoever unlocks a screen neither gives tries back to, nor
 * takes them from, somebody who signs in with their password elsewhere.
 */
export interface Tries {
  /** 0: locked. */
  left(userId: string, purpose: FacePurpose): Promise<number>
  /** @returns undefined when it is locked; nothing was counted then */
  begin(userId: string, purpose: FacePurpose): Promise<Try | undefined>
}

export interface TriesPolicy {
  readonly maxTries: number
  /** How long a failure is remembered. */
  readonly lockMs: number
}

export function createTries(leaseStore: LeaseStore, { maxTries, lockMs }: TriesPolicy): Tries {
  const keyOf = (userId: string, purpose: FacePurpose): string => `vision:tries:${purpose}:${userId}`
  const listMembers = async (key: string): Promise<readonly string[]> =>
    ((await leaseStore.list([key])).get(key) ?? []).map(({ member }) => member)

  return {
    left: async (userId, purpose) =>
      Math.max(0, maxTries - (await listMembers(keyOf(userId, purpose))).length),
    begin: async (userId, purpose) => {
      const key = keyOf(userId, purpose)
      const own = randomUUID()
      await leaseStore.hold(key, own, lockMs)
      const members = await listMembers(key)
      if (members.length > maxTries) {
        await leaseStore.release(key, own)
        return undefined
      }
      return {
        triesLeft: maxTries - members.length,
        withdraw: async () => void (await leaseStore.release(key, own)),
        succeed: async () => {
          for (const member of members) await leaseStore.release(key, member)
        },
      }
    },
  }
}
