import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { listVeiled } from './block-store.ts'
import { listMutualFriendIds } from './friend-store.ts'
import { listPresenceVisible } from './profile-store.ts'

/**
 * Whose presence the caller may see: friends both ways, no block at level `profile` between the two, and both show
 * their own. Three queries however many people.
 */
export function createListWatchable({ database }: { database: Database }): ChatApi['listWatchable'] {
  return async (context, { userIds }) => {
    const meId = requireUser(context)
    const visible = await listPresenceVisible(database.reader, [meId, ...userIds])
    if (!visible.has(meId)) return { userIds: [] }
    const mutualIds = await listMutualFriendIds(database.reader, meId, userIds)
    const veiled = await listVeiled(database.reader, meId, mutualIds)
    return { userIds: mutualIds.filter((userId) => visible.has(userId) && !veiled.has(userId)) }
  }
}
