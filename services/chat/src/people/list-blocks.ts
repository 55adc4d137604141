import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { listBlockRows } from './block-store.ts'
import { newestFirstCursor } from './newest-first-cursor.ts'
import { listProfilesFor } from './profile-store.ts'
import { toBlock } from './to-block.ts'

const defaultLimit = 100

export function createListBlocks({ database }: { database: Database }): ChatApi['listBlocks'] {
  return async (context, { cursor, limit = defaultLimit }) => {
    const userId = requireUser(context)
    const after = newestFirstCursor.decode(cursor)
    const found = await listBlockRows(database.reader, { userId, after, limit: limit + 1 })
    const rows = found.slice(0, limit)
    const blockedIds = rows.map((row) => row.blocked_id)
    const profiles = await listProfilesFor(database.reader, userId, blockedIds)
    const blocks = rows.flatMap((row) => {
      const profile = profiles.get(row.blocked_id)
      return profile === undefined ? [] : [toBlock(row, profile)]
    })
    const last = rows.at(-1)
    if (last === undefined || found.length <= limit) return { blocks }
    return { blocks, nextCursor: newestFirstCursor.encode([last.blocked_at_ms, last.blocked_id]) }
  }
}
