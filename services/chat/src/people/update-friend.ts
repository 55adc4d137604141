import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { listVeiled } from './block-store.ts'
import type { ChangePeople } from './change-people.ts'
import { findFriend, toFriend, updateFriendRow } from './friend-store.ts'
import { lockPair } from './lock-people.ts'
import { toProfile } from './profile-store.ts'

/** Marks a friend for the caller alone. @throws {AppError} user_not_found when the person is no friend. */
export function createUpdateFriend({
  changePeople,
}: {
  changePeople: ChangePeople
}): ChatApi['updateFriend'] {
  return async (context, { userId, isFavourite, isHidden }) => {
    const meId = requireUser(context)
    if (meId === userId) throw new AppError('user_not_found')
    return changePeople(async ({ trx, at, tell }) => {
      const { other } = await lockPair(trx, meId, userId)
      const before = await findFriend(trx, meId, userId)
      if (before === undefined) throw new AppError('user_not_found')
      const after = {
        ...before,
        is_favourite: toFlag(isFavourite, before.is_favourite),
        is_hidden: toFlag(isHidden, before.is_hidden),
        changed_at_ms: at,
      }
      const veiled = await listVeiled(trx, meId, [userId])
      const friend = toFriend(after, toProfile(other, { isVeiled: veiled.has(userId) }))
      if (after.is_favourite === before.is_favourite && after.is_hidden === before.is_hidden) return friend
      await updateFriendRow(trx, after)
      tell(meId, { kind: 'friend-changed', friend })
      return friend
    })
  }
}

function toFlag(wanted: boolean | undefined, known: 0 | 1): 0 | 1 {
  if (wanted === undefined) return known
  return wanted ? 1 : 0
}
