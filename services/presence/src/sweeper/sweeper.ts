import type { PresenceState } from '@our-now/contracts/presence.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { observe, type ObservedPresence } from '../leases/observed-presence.ts'
import { presenceKeys } from '../leases/presence-keys.ts'
import { listPeople, setLastSeen, type PersonFacts } from '../people/person-store.ts'
import { toPresenceState } from '../states/to-presence-state.ts'

interface SweeperDeps {
  readonly leaseStore: LeaseStore
  readonly database: Database
  readonly hub: SocketHub
}

/** Compares what the leases say with what was told, and tells the difference. Its methods must not overlap. */
export interface Sweeper {
  /** Looks at those who may have changed and those in their grace. */
  sweepChanged(): Promise<void>
  /** Looks at everybody, and so finds connections that ended without a word. */
  sweepAll(): Promise<void>
  /** Forgets what was told: another replica may have told other things since. */
  forget(): void
  /** Writes down when those who are shown now were last there. */
  writeShown(): Promise<void>
}

/** A user who is not offline. */
interface KnownUser {
  readonly observed: ObservedPresence
  /** What others were last told; `offline` of somebody who hides. */
  readonly told: PresenceState['status']
}

const usersAtOnce = 500

export function createSweeper({ leaseStore, database, hub }: SweeperDeps): Sweeper {
  const known = new Map<string, KnownUser>()
  const lingering = new Set<string>()
  /** Instants not written yet, by user. */
  const lastSeen = new Map<string, number>()

  const look = async (userIds: readonly string[], isMarked: boolean): Promise<void> => {
    const leases = await leaseStore.list(userIds.map(presenceKeys.user))
    const observed = userIds.map((userId) => ({
      userId,
      now: observe(leases.get(presenceKeys.user(userId))),
    }))
    const isChanged = ({ userId, now }: (typeof observed)[number]): boolean =>
      isMarked || known.get(userId)?.observed.status !== now.status
    const changed = observed.filter(isChanged)
    const people = await listPeople(
      database.reader,
      changed.map(({ userId }) => userId),
    )
    for (const { userId, now } of changed) tell(userId, now, people.get(userId))
    for (const { userId, now } of observed) keep(userId, now)
    await forEachPage(
      observed.flatMap(({ userId, now }) => (now.status === 'offline' ? [userId] : [])),
      (gone) => releaseAll(presenceKeys.users, gone),
    )
  }

  const tell = (userId: string, now: ObservedPresence, person: PersonFacts | undefined): void => {
    const before = known.get(userId)
    const seenAt = now.seenAt ?? before?.observed.seenAt
    const isHidden = person?.isHidden ?? false
    // Also when somebody comes: after a crash nobody would know when they were last there.
    if (seenAt !== undefined && !isHidden && before?.observed.status !== now.status)
      lastSeen.set(userId, seenAt)
    const facts = { isHidden, lastSeenAt: seenAt ?? person?.lastSeenAt }
    const state = toPresenceState(userId, now.status, facts)
    if (state.status !== before?.told) hub.publish(channels.presence(userId), 'presence:changed', state)
    known.set(userId, { observed: now, told: state.status })
  }

  const keep = (userId: string, now: ObservedPresence): void => {
    const told = known.get(userId)?.told
    if (now.status === 'offline' || told === undefined) known.delete(userId)
    else known.set(userId, { observed: now, told })
    if (now.isLingering) lingering.add(userId)
    else lingering.delete(userId)
  }

  const releaseAll = async (key: string, members: readonly string[]): Promise<void> => {
    await Promise.all(members.map((member) => leaseStore.release(key, member)))
  }

  const writeLastSeen = async (): Promise<void> => {
    if (lastSeen.size === 0) return
    const batch = new Map(lastSeen)
    await database.transaction((trx) => setLastSeen(trx, batch))
    for (const [userId, at] of batch) if (lastSeen.get(userId) === at) lastSeen.delete(userId)
  }

  const membersOf = async (key: string): Promise<string[]> =>
    ((await leaseStore.list([key])).get(key) ?? []).map(({ member }) => member)

  const sweepChanged = async (): Promise<void> => {
    const marked = await membersOf(presenceKeys.changed)
    // The mark goes before the look: one that is set from now on says something newer.
    await forEachPage(marked, (page) => releaseAll(presenceKeys.changed, page))
    await forEachPage(marked, (page) => look(page, true))
    await forEachPage([...lingering], (page) => look(page, false))
    await writeLastSeen()
  }

  return {
    sweepChanged,
    sweepAll: async () => {
      await sweepChanged()
      const everybody = new Set([...(await membersOf(presenceKeys.users)), ...known.keys()])
      await forEachPage([...everybody], (page) => look(page, false))
      await writeLastSeen()
    },
    forget: () => {
      known.clear()
      lingering.clear()
    },
    writeShown: async () => {
      for (const [userId, { observed, told }] of known)
        if (told !== 'offline' && observed.seenAt !== undefined) lastSeen.set(userId, observed.seenAt)
      await writeLastSeen()
    },
  }
}

async function forEachPage(
  items: readonly string[],
  work: (page: readonly string[]) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length; at += usersAtOnce) await work(items.slice(at, at + usersAtOnce))
}
