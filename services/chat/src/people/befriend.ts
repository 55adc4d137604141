import type { Friend } from '@our-now/contracts/people.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { findBlock } from './block-store.ts'
import type { PeopleChange } from './change-people.ts'
import { countFriends, findFriend, insertFriend, toFriend } from './friend-store.ts'
import { toProfile, type ProfileRow } from './profile-store.ts'

/**
 * Puts `added` on the friends of `adder` and tells both. Who blocks the adder hears nothing, and the adder cannot tell.
 * Both are locked.
 *
 * @param isMutual  The other way follows in the same change: `added` need not hear of an admirer.
 * @throws {AppError} blocked when the adder blocks the other; forbidden when the adder's list is full.
 */
export async function befriend(
  { trx, at, tell }: PeopleChange,
  adder: ProfileRow,
  added: ProfileRow,
  { isMutual, maxListed }: { isMutual: boolean; maxListed: number },
): Promise<Friend> {
  if ((await findBlock(trx, adder.user_id, added.user_id)) !== undefined) throw new AppError('blocked')
  const blockedBy = await findBlock(trx, added.user_id, adder.user_id)
  const profile = toProfile(added, { isVeiled: blockedBy?.level === 'profile' })
  const known = await findFriend(trx, adder.user_id, added.user_id)
  if (known !== undefined) return toFriend(known, profile)

  if ((await countFriends(trx, adder.user_id)) >= maxListed)
    throw new AppError('forbidden', `A friend list holds at most ${maxListed} people.`)
  const row = await insertFriend(trx, { userId: adder.user_id, friendId: added.user_id, at })
  const friend = toFriend(row, profile)
  tell(adder.user_id, { kind: 'friend-changed', friend })
  const hasBack = (await findFriend(trx, added.user_id, adder.user_id)) !== undefined
  if (!isMutual && !hasBack && blockedBy === undefined) {
    const admirer = { profile: toProfile(adder, { isVeiled: false }), addedAt: row.added_at_ms }
    tell(added.user_id, { kind: 'admirer-added', admirer })
  }
  return friend
}
