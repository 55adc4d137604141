import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { findUserHead, listUserEvents } from './user-log-store.ts'

/** What gateways and other services fill a hole from. Events older than the log keeps are absent. */
export function createReadUserEvents({ database }: { database: Database }): ChatApi['readUserEvents'] {
  return async (_context, { userId, afterSeq, limit }) => {
    const head = await findUserHead(database.reader, userId)
    const toSeq = Math.min(head, afterSeq + limit)
    return { head, events: await listUserEvents(database.reader, { userId, afterSeq, toSeq }) }
  }
}
