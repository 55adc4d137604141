import type { RelationToUser } from '@our-now/contracts/chat/people-operations.ts'
import type { Queryable } from '@our-now/platform/database/database.ts'
import { findBlock, listVeiled } from './block-store.ts'
import { findFriend } from './friend-store.ts'
import { toProfile, type ProfileRow } from './profile-store.ts'

/** A person and how `meId` stands to them. What they think of `meId` is not in it. */
export async function toRelation(db: Queryable, meId: string, row: ProfileRow): Promise<RelationToUser> {
  const friend = await findFriend(db, meId, row.user_id)
  const block = await findBlock(db, meId, row.user_id)
  const veiled = await listVeiled(db, meId, [row.user_id])
  return {
    profile: toProfile(row, { isVeiled: veiled.has(row.user_id) }),
    isFriend: friend !== undefined,
    isFavourite: friend?.is_favourite === 1,
    isHidden: friend?.is_hidden === 1,
    ...(block === undefined ? {} : { block: block.level }),
  }
}
