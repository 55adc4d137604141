import type { Transaction } from '@our-now/platform/database/database.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { listSummariesFor } from '../rooms/summary-store.ts'
import { appendUserEvents, type UserFact, type UserLogEntry } from '../user-log/user-log-store.ts'
import type { LockedRoom } from './locked-room.ts'

/** A fact for one user's own log. `room-joined` gets the room as that user sees it when all is written. */
export interface RoomUserEvent {
  readonly userId: string
  readonly event: Exclude<UserFact, { kind: 'room-joined' }> | { readonly kind: 'room-joined' }
}

/**
 * Writes what the rooms' operations had to tell into the users' own logs.
 *
 * @returns the events to publish after the commit.
 */
export async function tellUsers(
  trx: Transaction,
  rooms: readonly LockedRoom[],
  at: number,
): Promise<readonly UserEvent[]> {
  const entries: UserLogEntry[] = []
  for (const room of rooms) {
    const joinedIds = room.told
      .filter(({ event }) => event.kind === 'room-joined')
      .map(({ userId }) => userId)
    const summaries = await listSummariesFor(trx, room.roomId, joinedIds)
    for (const { userId, event } of room.told) {
      if (event.kind !== 'room-joined') entries.push({ userId, event })
      else {
        const summary = summaries.get(userId)
        // Whoever joined and left again in one transaction has nothing to be told.
        if (summary !== undefined) entries.push({ userId, event: { kind: 'room-joined', room: summary } })
      }
    }
  }
  return appendUserEvents(trx, entries, at)
}
