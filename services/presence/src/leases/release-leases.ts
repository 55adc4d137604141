import type { PresenceApi } from '@our-now/contracts/presence.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { observe, toLingerValue } from './observed-presence.ts'
import { changedMarkMs, lingerMember, presenceKeys } from './presence-keys.ts'

interface ReleaseLeasesDeps {
  readonly leaseStore: LeaseStore
  readonly clock: Clock
  readonly graceMs: number
}

const releasesAtOnce = 100

/** With the last connection of a user the grace begins. Repeating it is harmless. */
export function createReleaseLeases({
  leaseStore,
  clock,
  graceMs,
}: ReleaseLeasesDeps): PresenceApi['releaseLeases'] {
  return async (_context, { leases }) => {
    for (let at = 0; at < leases.length; at += releasesAtOnce)
      await Promise.all(
        leases
          .slice(at, at + releasesAtOnce)
          .map(({ userId, connectionId }) => leaseStore.release(presenceKeys.user(userId), connectionId)),
      )
    const now = clock.now()
    const userIds = [...new Set(leases.map(({ userId }) => userId))]
    const left = await leaseStore.list(userIds.map(presenceKeys.user))
    const held = userIds.flatMap((userId) => {
      const key = presenceKeys.user(userId)
      const { status, isLingering } = observe(left.get(key))
      const isChanged = { key: presenceKeys.changed, member: userId, ttlMs: changedMarkMs }
      if (!isLingering) return [isChanged]
      return [{ key, member: lingerMember, ttlMs: graceMs, value: toLingerValue(status, now) }, isChanged]
    })
    await leaseStore.holdMany(held)
    return {}
  }
}
