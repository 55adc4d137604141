import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { befriend } from './befriend.ts'
import { findBlock } from './block-store.ts'
import type { ChangePeople } from './change-people.ts'
import { lockPair } from './lock-people.ts'
import { findProfile } from './profile-store.ts'

/**
 * Friends both ways at once: the owner of the link handed it out. An owner who blocks the caller stays as they are,
 * and the caller cannot tell.
 */
export function createAcceptFriendInvite({
  changePeople,
  maxListed,
}: {
  changePeople: ChangePeople
  maxListed: number
}): ChatApi['acceptFriendInvite'] {
  return async (context, { code }) => {
    const meId = requireUser(context)
    return changePeople(async (change) => {
      const owner = await findProfile(change.trx, { friend_invite_code: code })
      if (owner === undefined) throw new AppError('invite_not_found')
      const { me, other } = await lockPair(change.trx, meId, owner.user_id)
      // The link may have been renewed before the lock was ours.
      if (other.friend_invite_code !== code) throw new AppError('invite_not_found')
      const isBlockedByOwner = (await findBlock(change.trx, other.user_id, meId)) !== undefined
      const friend = await befriend(change, me, other, { isMutual: !isBlockedByOwner, maxListed })
      if (!isBlockedByOwner) await befriend(change, other, me, { isMutual: true, maxListed })
      return friend
    })
  }
}
