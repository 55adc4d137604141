import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { ChangePeople } from './change-people.ts'
import { lockMe } from './lock-people.ts'
import { makeInviteCode } from './invite-code.ts'
import { normaliseDisplayName } from './person-text.ts'
import { insertProfile, toMyProfile } from './profile-store.ts'
import { toSortKey } from './sort-key.ts'

/** Makes the note-to-self room of a person when there is none. Repeating it is harmless. */
export type EnsureSelfRoom = (userId: string, locale: 'ko' | 'en') => Promise<void>

/**
 * Makes what an account needs here, once: called after every sign-in, by several gateways at the same time. A profile
 * that exists stays as it is.
 */
export function createEnsureProfile({
  changePeople,
  ensureSelfRoom,
}: {
  changePeople: ChangePeople
  ensureSelfRoom: EnsureSelfRoom
}): ChatApi['ensureProfile'] {
  return async (_context, { userId, handle, displayName, locale = 'ko' }) => {
    const name = nameOrHandle(displayName, handle)
    const profile = await changePeople(async ({ trx, at, tell }) => {
      const isNew = await insertProfile(trx, {
        user_id: userId,
        handle,
        display_name: name,
        sort_key: toSortKey(name),
        status_message: '',
        presence_visible: 1,
        friend_invite_code: makeInviteCode(),
        created_at_ms: at,
        renamed_at_ms: at,
      })
      const mine = toMyProfile(await lockMe(trx, userId))
      if (isNew) tell(userId, { kind: 'profile-changed', profile: mine })
      return mine
    })
    await ensureSelfRoom(userId, locale)
    return profile
  }
}

/** The account exists already: a name that cannot be shown must not keep its owner out. */
function nameOrHandle(displayName: string, handle: string): string {
  try {
    return normaliseDisplayName(displayName)
  } catch (error) {
    if (error instanceof AppError) return handle
    throw error
  }
}
