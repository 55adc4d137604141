import type { ChatApi } from '@our-now/contracts/chat.ts'
import { requireUser } from '../callers/require-user.ts'
import type { ChangePeople } from './change-people.ts'
import { lockMe } from './lock-people.ts'
import { normaliseDisplayName, normaliseStatusMessage } from './person-text.ts'
import type { ProfileTelling } from './profile-telling.ts'
import { toMyProfile, updateProfileRow, type ProfileRow } from './profile-store.ts'
import { toSortKey } from './sort-key.ts'

type Changes = Parameters<ChatApi['updateProfile']>[1]

/** Changes what is said of the caller and tells everybody who has them on a list. */
export function createUpdateProfile({
  changePeople,
  telling,
}: {
  changePeople: ChangePeople
  telling: ProfileTelling
}): ChatApi['updateProfile'] {
  return async (context, request) => {
    const meId = requireUser(context)
    const wanted = normalise(request)
    const profile = await changePeople(async (change) => {
      const before = await lockMe(change.trx, meId)
      const after = applied(before, wanted, change.at)
      const isRenamed = after.display_name !== before.display_name
      const isSeenByOthers = isRenamed || after.status_message !== before.status_message
      if (!isSeenByOthers && after.presence_visible === before.presence_visible) return toMyProfile(before)
      await updateProfileRow(change.trx, after)
      change.tell(meId, { kind: 'profile-changed', profile: toMyProfile(after) })
      if (isSeenByOthers) await telling.begin(change, after, { isRenamed })
      return toMyProfile(after)
    })
    telling.nudge()
    return profile
  }
}

function normalise({ displayName, statusMessage, presenceVisible }: Changes): Changes {
  return {
    ...(displayName === undefined ? {} : { displayName: normaliseDisplayName(displayName) }),
    ...(statusMessage === undefined ? {} : { statusMessage: normaliseStatusMessage(statusMessage) }),
    ...(presenceVisible === undefined ? {} : { presenceVisible }),
  }
}

function applied(row: ProfileRow, changes: Changes, at: number): ProfileRow {
  const displayName = changes.displayName ?? row.display_name
  const isVisible = changes.presenceVisible ?? row.presence_visible === 1
  return {
    ...row,
    display_name: displayName,
    sort_key: toSortKey(displayName),
    renamed_at_ms: displayName === row.display_name ? row.renamed_at_ms : at,
    status_message: changes.statusMessage ?? row.status_message,
    presence_visible: isVisible ? 1 : 0,
  }
}
