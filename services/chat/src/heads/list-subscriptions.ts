import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { createPageCursor, CursorId } from '../paging/page-cursor.ts'
import { findUserHead } from '../user-log/user-log-store.ts'
import { listHeadsOfUser } from './head-store.ts'

const pageSize = 1_000
const pageCursor = createPageCursor(CursorId)

/** The rooms that a gateway lets the caller's sockets hear: those in the caller's list. */
export function createListSubscriptions({ database }: { database: Database }): ChatApi['listSubscriptions'] {
  return async (context, { cursor }) => {
    const userId = requireUser(context)
    const afterRoomId = pageCursor.decode(cursor) ?? ''
    // First, so that a room joined while we read comes again by the user's own log.
    const userHead = await findUserHead(database.reader, userId)
    const found = await listHeadsOfUser(database.reader, { userId, afterRoomId, limit: pageSize + 1 })
    const rooms = found.slice(0, pageSize)
    const last = rooms.at(-1)
    return {
      rooms,
      ...(found.length > pageSize && last !== undefined
        ? { nextCursor: pageCursor.encode(last.roomId) }
        : {}),
      userHead,
    }
  }
}
