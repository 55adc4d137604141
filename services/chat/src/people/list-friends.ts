import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { Type } from 'typebox'
import { requireUser } from '../callers/require-user.ts'
import { createPageCursor, CursorId, CursorNumber } from '../paging/page-cursor.ts'
import {
  listFriendRows,
  listMovedFriendRows,
  toFriend,
  type FriendPosition,
  type SortedFriendRow,
} from './friend-store.ts'
import { listProfilesFor } from './profile-store.ts'

const defaultLimit = 100
/** A change is stamped before it commits, maybe by another replica's clock: looking back this far misses none. */
const overlapMs = 10_000

const CursorFlag = Type.Union([Type.Literal(0), Type.Literal(1)])
/** Inside the list, or among those who moved while it was read. */
const pageCursor = createPageCursor(
  Type.Union([
    Type.Tuple([Type.Literal('sorted'), CursorNumber, CursorFlag, Type.String({ maxLength: 100 }), CursorId]),
    Type.Tuple([Type.Literal('moved'), CursorNumber, CursorId]),
  ]),
)

interface Page {
  readonly rows: readonly SortedFriendRow[]
  readonly nextCursor?: string
}

/**
 * My friends in list order. A friend who is renamed or becomes a favourite while the pages are read may jump over the
 * place between two pages; so, after the last one, those who moved since the first page come once more. Whoever keeps
 * friends by user id and reads all pages has everybody.
 */
export function createListFriends({
  database,
  clock,
}: {
  database: Database
  clock: Clock
}): ChatApi['listFriends'] {
  const db = database.reader

  async function readSorted(
    userId: string,
    limit: number,
    startedAtMs: number,
    after: FriendPosition | undefined,
  ): Promise<Page> {
    const found = await listFriendRows(db, { userId, after, limit: limit + 1 })
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    if (last !== undefined && found.length > limit) {
      const position = [last.is_favourite, last.sort_key, last.friend_id] as const
      return { rows, nextCursor: pageCursor.encode(['sorted', startedAtMs, ...position]) }
    }
    // A list of one page was read at one instant: nobody can have jumped.
    if (after === undefined) return { rows }
    const moved = await readMoved(userId, limit, startedAtMs, undefined)
    const shown = new Set(rows.map((row) => row.friend_id))
    const again = moved.rows.filter((row) => !shown.has(row.friend_id))
    if (moved.nextCursor === undefined && rows.length + again.length <= limit)
      return { rows: [...rows, ...again] }
    return { rows, nextCursor: pageCursor.encode(['moved', startedAtMs, '']) }
  }

  async function readMoved(
    userId: string,
    limit: number,
    startedAtMs: number,
    afterId: string | undefined,
  ): Promise<Page> {
    const sinceMs = startedAtMs - overlapMs
    const found = await listMovedFriendRows(db, { userId, sinceMs, afterId, limit: limit + 1 })
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    if (last === undefined || found.length <= limit) return { rows }
    return { rows, nextCursor: pageCursor.encode(['moved', startedAtMs, last.friend_id]) }
  }

  return async (context, request) => {
    const userId = requireUser(context)
    const { limit = defaultLimit } = request
    const cursor = pageCursor.decode(request.cursor)
    const startedAtMs = cursor?.[1] ?? clock.now()
    const { rows, nextCursor } =
      cursor?.[0] === 'moved'
        ? await readMoved(userId, limit, startedAtMs, cursor[2])
        : await readSorted(userId, limit, startedAtMs, cursor && [cursor[2], cursor[3], cursor[4]])
    const friendIds = rows.map((row) => row.friend_id)
    const profiles = await listProfilesFor(db, userId, friendIds)
    const friends = rows.flatMap((row) => {
      const profile = profiles.get(row.friend_id)
      return profile === undefined ? [] : [toFriend(row, profile)]
    })
    return { friends, ...(nextCursor === undefined ? {} : { nextCursor }) }
  }
}
