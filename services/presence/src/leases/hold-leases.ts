import type { PresenceApi } from '@our-now/contracts/presence.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { observe, toConnectionValue, toLingerValue } from './observed-presence.ts'
import { afterglowMs, changedMarkMs, lingerMember, presenceKeys } from './presence-keys.ts'

interface HoldLeasesDeps {
  readonly leaseStore: LeaseStore
  readonly clock: Clock
  readonly graceMs: number
}

/** Two round trips however many leases there are; repeating it is harmless. Who changed by it is marked for the sweeper. */
export function createHoldLeases({ leaseStore, clock, graceMs }: HoldLeasesDeps): PresenceApi['holdLeases'] {
  return async (_context, { ttlMs, leases }) => {
    const now = clock.now()
    const connectionsByUser = Map.groupBy(leases, ({ userId }) => userId)
    const before = await leaseStore.list([...connectionsByUser.keys()].map(presenceKeys.user))

    const held = [...connectionsByUser].flatMap(([userId, connections]) => {
      const key = presenceKeys.user(userId)
      const known = before.get(key) ?? []
      const own = connections.map(({ connectionId, isVisible }) => ({
        key,
        member: connectionId,
        ttlMs,
        value: toConnectionValue(isVisible),
      }))
      const ownIds = new Set(own.map(({ member }) => member))
      const others = known.filter(({ member }) => !ownIds.has(member) && member !== lingerMember)
      const { status } = observe([...others, ...own])
      const linger = { key, member: lingerMember, ttlMs: ttlMs + graceMs, value: toLingerValue(status, now) }
      const isListed = { key: presenceKeys.users, member: userId, ttlMs: ttlMs + graceMs + afterglowMs }
      const isChanged = { key: presenceKeys.changed, member: userId, ttlMs: changedMarkMs }
      return [...own, linger, isListed, ...(observe(known).status === status ? [] : [isChanged])]
    })
    await leaseStore.holdMany(held)
    return {}
  }
}
