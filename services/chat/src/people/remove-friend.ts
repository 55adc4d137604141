import type { ChatApi } from '@our-now/contracts/chat.ts'
import { requireUser } from '../callers/require-user.ts'
import { findBlock, listVeiled } from './block-store.ts'
import type { ChangePeople } from './change-people.ts'
import { deleteFriend, findFriend } from './friend-store.ts'
import { lockProfiles, toProfile } from './profile-store.ts'

/** Takes a person off the caller's friends. Whoever still has the caller becomes one of those who added them. */
export function createRemoveFriend({
  changePeople,
}: {
  changePeople: ChangePeople
}): ChatApi['removeFriend'] {
  return async (context, { userId }) => {
    const meId = requireUser(context)
    await changePeople(async ({ trx, tell }) => {
      const other = (await lockProfiles(trx, [meId, userId])).get(userId)
      if (other === undefined || (await findFriend(trx, meId, userId)) === undefined) return
      await deleteFriend(trx, meId, userId)
      tell(meId, { kind: 'friend-removed', friendId: userId })
      const back = await findFriend(trx, userId, meId)
      if (back === undefined) {
        const isBlocked = (await findBlock(trx, userId, meId)) !== undefined
        if (!isBlocked) tell(userId, { kind: 'admirer-removed', admirerId: meId })
      } else if ((await findBlock(trx, meId, userId)) === undefined) {
        const isVeiled = (await listVeiled(trx, meId, [userId])).has(userId)
        const admirer = { profile: toProfile(other, { isVeiled }), addedAt: back.added_at_ms }
        tell(meId, { kind: 'admirer-added', admirer })
      }
    })
    return {}
  }
}
