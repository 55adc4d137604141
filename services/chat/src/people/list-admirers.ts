import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { newestFirstCursor } from './newest-first-cursor.ts'
import { listAdmirerRows } from './friend-store.ts'
import { listProfilesFor } from './profile-store.ts'

const defaultLimit = 100

export function createListAdmirers({ database }: { database: Database }): ChatApi['listAdmirers'] {
  return async (context, { cursor, limit = defaultLimit }) => {
    const userId = requireUser(context)
    const after = newestFirstCursor.decode(cursor)
    const found = await listAdmirerRows(database.reader, { userId, after, limit: limit + 1 })
    const rows = found.slice(0, limit)
    const admirerIds = rows.map((row) => row.user_id)
    const profiles = await listProfilesFor(database.reader, userId, admirerIds)
    const admirers = rows.flatMap((row) => {
      const profile = profiles.get(row.user_id)
      return profile === undefined ? [] : [{ profile, addedAt: row.added_at_ms }]
    })
    const last = rows.at(-1)
    if (last === undefined || found.length <= limit) return { admirers }
    return { admirers, nextCursor: newestFirstCursor.encode([last.added_at_ms, last.user_id]) }
  }
}
