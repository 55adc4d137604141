import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { Type, type Static } from 'typebox'
import { requireUser } from '../callers/require-user.ts'
import { createPageCursor, CursorId, CursorNumber } from '../paging/page-cursor.ts'
import { findUserHead } from '../user-log/user-log-store.ts'
import { shownActiveAt, summaryQuery, toSummaries, type SummaryRow } from './summary-store.ts'

const defaultLimit = 50

const Position = Type.Object(
  { isPinned: CursorNumber, activeAt: CursorNumber, roomId: CursorId },
  { additionalProperties: false },
)
type Position = Static<typeof Position>
const pageCursor = createPageCursor(Position)

/** The caller's rooms, pinned first, then latest activity first; four queries a page. */
export function createListRooms({ database }: { database: Database }): ChatApi['listRooms'] {
  return async (context, { cursor, limit = defaultLimit }) => {
    const userId = requireUser(context)
    const after = pageCursor.decode(cursor)
    // First, so that whatever changes while we read comes again by the user's own log.
    const userHead = await findUserHead(database.reader, userId)
    const found = await listPage(database, userId, after, limit + 1)
    const rows = found.slice(0, limit)
    return {
      rooms: await toSummaries(database.reader, rows),
      ...(found.length > limit ? nextCursor(rows.at(-1)) : {}),
      userHead,
    }
  }
}

function listPage(
  database: Database,
  userId: string,
  after: Position | undefined,
  limit: number,
): Promise<SummaryRow[]> {
  const query = summaryQuery(database.reader).where('m.user_id', userId).where('m.is_listed', 1)
  if (after !== undefined) {
    const { isPinned, activeAt, roomId } = after
    void query.whereRaw(
      `(m.is_pinned < ? or (m.is_pinned = ? and (${shownActiveAt} < ? or (${shownActiveAt} = ? and m.room_id < ?))))`,
      [isPinned, isPinned, activeAt, activeAt, roomId],
    )
  }
  return query
    .orderBy([
      { column: 'm.is_pinned', order: 'desc' },
      { column: 'shown_active_at_ms', order: 'desc' },
      { column: 'm.room_id', order: 'desc' },
    ])
    .limit(limit)
}

function nextCursor(last: SummaryRow | undefined): { nextCursor?: string } {
  if (last === undefined) return {}
  return {
    nextCursor: pageCursor.encode({
      isPinned: last.is_pinned,
      activeAt: last.shown_active_at_ms,
      roomId: last.room_id,
    }),
  }
}
