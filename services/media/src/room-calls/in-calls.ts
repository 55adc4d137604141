import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'

/** Longer than two rounds of keeping, in ms. */
const ttlMs = 25_000
const keyOf = (userId: string): string => `media:in-call:${userId}`

export interface Place {
  readonly roomId: string
  readonly userId: string
  readonly sessionId: string
}

/** Who is in which call, whichever node carries it. */
export interface InCalls {
  hold(places: readonly Place[]): Promise<void>
  release(place: Place): Promise<void>
  /** Whether the person is in a call of another room. */
  isElsewhere(userId: string, roomId: string): Promise<boolean>
}

export function createInCalls(leaseStore: LeaseStore): InCalls {
  return {
    hold: (places) =>
      leaseStore.holdMany(
        places.map(({ roomId, userId, sessionId }) => ({
          key: keyOf(userId),
          member: sessionId,
          ttlMs,
          value: roomId,
        })),
      ),
    release: async ({ userId, sessionId }) => {
      await leaseStore.release(keyOf(userId), sessionId)
    },
    isElsewhere: async (userId, roomId) => {
      const held = (await leaseStore.list([keyOf(userId)])).get(keyOf(userId)) ?? []
      return held.some(({ value }) => value !== roomId)
    },
  }
}
