import type { Database } from '@our-now/platform/database/database.ts'
import type { EventHandlers } from '@our-now/platform/event-log/event-log.ts'
import { setHidden } from './person-store.ts'

interface OnUserEventsDeps {
  readonly database: Database
  /** Has a user's state told anew. */
  readonly onVisibilityChanged: (userId: string) => Promise<void>
}

/** Learns from a person's log whether they show their presence. */
export function createOnUserEvents({
  database,
  onVisibilityChanged,
}: OnUserEventsDeps): NonNullable<EventHandlers['chat.user-events.v1']> {
  return async ({ data: { userId, events } }) => {
    const change = events.findLast((event) => event.kind === 'profile-changed')
    if (change === undefined) return
    const choice = { isHidden: !change.profile.presenceVisible, seq: change.seq }
    await database.transaction((trx) => setHidden(trx, userId, choice))
    // Also when it was applied before: the first time may have ended right after its commit.
    await onVisibilityChanged(userId)
  }
}
