import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { ChangePeople } from './change-people.ts'
import { makeInviteCode } from './invite-code.ts'
import { lockMe, missingMe } from './lock-people.ts'
import { findProfile, updateProfileRow } from './profile-store.ts'
import { toRelation } from './relation.ts'

export function createGetFriendInvite({ database }: { database: Database }): ChatApi['getFriendInvite'] {
  return async (context) => {
    const row = await findProfile(database.reader, { user_id: requireUser(context) })
    return { code: (row ?? missingMe()).friend_invite_code }
  }
}

/** A new link; whoever holds the old one finds nothing any more. */
export function createRotateFriendInvite({
  changePeople,
}: {
  changePeople: ChangePeople
}): ChatApi['rotateFriendInvite'] {
  return async (context) => {
    const meId = requireUser(context)
    return changePeople(async ({ trx }) => {
      const me = await lockMe(trx, meId)
      const code = makeInviteCode()
      await updateProfileRow(trx, { ...me, friend_invite_code: code })
      return { code }
    })
  }
}

export function createFindFriendInvite({ database }: { database: Database }): ChatApi['findFriendInvite'] {
  return async (context, { code }) => {
    const meId = requireUser(context)
    const owner = await findProfile(database.reader, { friend_invite_code: code })
    if (owner === undefined) throw new AppError('invite_not_found')
    return toRelation(database.reader, meId, owner)
  }
}
