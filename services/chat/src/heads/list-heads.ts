import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { listUserHeads } from '../user-log/user-log-store.ts'
import { listRoomHeads } from './head-store.ts'

/** Heads from the database, for gateways that must not trust what they were told. Absent rooms are left out. */
export function createListHeads({ database }: { database: Database }): ChatApi['listHeads'] {
  return async (_context, { roomIds, userIds }) => {
    const heads = await listUserHeads(database.reader, userIds)
    return {
      rooms: await listRoomHeads(database.reader, roomIds),
      users: userIds.map((userId) => ({ userId, head: heads.get(userId) ?? 0 })),
    }
  }
}
