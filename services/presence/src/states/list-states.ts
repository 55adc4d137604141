import type { PresenceApi, PresenceState } from '@our-now/contracts/presence.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { observe } from '../leases/observed-presence.ts'
import { presenceKeys } from '../leases/presence-keys.ts'
import { listPeople } from '../people/person-store.ts'
import { toPresenceState } from './to-presence-state.ts'

export function createListStates(leaseStore: LeaseStore, database: Database): PresenceApi['listStates'] {
  return async (_context, { userIds }) => {
    const leases = await leaseStore.list(userIds.map(presenceKeys.user))
    const people = await listPeople(database.reader, userIds)
    const states = userIds.map((userId): PresenceState => {
      const { status } = observe(leases.get(presenceKeys.user(userId)))
      return toPresenceState(userId, status, people.get(userId))
    })
    return { states }
  }
}
