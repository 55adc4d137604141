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

/** How often a person’s face may fail. */
export interface Tries {
  /** 0: locked. */
  left(userId: string): Promise<number>
  /** @returns undefined when it is locked; nothing was counted then */
  begin(userId: string): Promise<Try | undefined>
}

export interface TriesPolicy {
  readonly maxTries: number
  /** How long a failure is remembered. */
  readonly lockMs: number
}

export function createTries(leaseStore: LeaseStore, { maxTries, lockMs }: TriesPolicy): Tries {
  const keyOf = (userId: string): string => `vision:tries:${userId}`
  const listMembers = async (key: string): Promise<readonly string[]> =>
    ((await leaseStore.list([key])).get(key) ?? []).map(({ member }) => member)

  return {
    left: async (userId) => Math.max(0, maxTries - (await listMembers(keyOf(userId))).length),
    begin: async (userId) => {
      const key = keyOf(userId)
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
