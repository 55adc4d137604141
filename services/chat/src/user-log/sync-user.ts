import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { findUserHead, keptEvents, listUserEvents } from './user-log-store.ts'

/** Most events of one answer; the contract's limit. */
const pageSize = 200

/**
 * What the caller's device missed: (have, head], 200 at most. `reset` when the device cannot catch up event by event:
 * it is over 2,000 behind, or ahead of the log (a backup was restored).
 */
export function createSyncUser({ database }: { database: Database }): ChatApi['syncUser'] {
  return async (context, { have }) => {
    const userId = requireUser(context)
    // The head first: an event that commits in between belongs to the next answer.
    const head = await findUserHead(database.reader, userId)
    const reset = { head, events: [], more: false, reset: true }
    if (have > head || head - have > keptEvents) return reset
    const toSeq = Math.min(head, have + pageSize)
    const events = await listUserEvents(database.reader, { userId, afterSeq: have, toSeq })
    // Old events may have been dropped since the head was read.
    if (events.length !== toSeq - have) return reset
    return { head, events, more: toSeq < head, reset: false }
  }
}
