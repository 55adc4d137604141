import type { ChatApi } from '@our-now/contracts/chat.ts'
import { requireUser } from '../callers/require-user.ts'
import { deleteBlock, findBlock } from './block-store.ts'
import type { ChangePeople } from './change-people.ts'
import { findFriend } from './friend-store.ts'
import { lockProfiles, toProfile } from './profile-store.ts'
import { tellVeilMoved } from './tell-veil-moved.ts'

/** Ends a block: a friend is a friend again, and who added me in the meantime is shown to have. */
export function createUnblockUser({ changePeople }: { changePeople: ChangePeople }): ChatApi['unblockUser'] {
  return async (context, { userId }) => {
    const meId = requireUser(context)
    await changePeople(async (change) => {
      const { trx, tell } = change
      const profiles = await lockProfiles(trx, [meId, userId])
      const me = profiles.get(meId)
      const other = profiles.get(userId)
      const before = await findBlock(trx, meId, userId)
      if (me === undefined || other === undefined || before === undefined) return
      await deleteBlock(trx, meId, userId)
      tell(meId, { kind: 'block-removed', blockedId: userId })
      const isVeiled = (await findBlock(trx, userId, meId))?.level === 'profile'
      const wasVeiled = isVeiled || before.level === 'profile'
      const theirs = await findFriend(trx, userId, meId)
      if (theirs !== undefined && (await findFriend(trx, meId, userId)) === undefined) {
        const admirer = { profile: toProfile(other, { isVeiled }), addedAt: theirs.added_at_ms }
        tell(meId, { kind: 'admirer-added', admirer })
      } else await tellVeilMoved(change, { viewerId: meId, seen: other, wasVeiled, isVeiled })
      await tellVeilMoved(change, { viewerId: userId, seen: me, wasVeiled, isVeiled })
    })
    return {}
  }
}
