import { findBlock } from './block-store.ts'
import type { PeopleChange } from './change-people.ts'
import { findFriend } from './friend-store.ts'
import { toProfile, type ProfileRow } from './profile-store.ts'

/**
 * Tells a viewer who has the person on a list that the status message came into sight or went out of it. Nothing when
 * there is no status message: an event without a change would tell of the block.
 */
export async function tellVeilMoved(
  { trx, tell }: PeopleChange,
  {
    viewerId,
    seen,
    wasVeiled,
    isVeiled,
  }: { viewerId: string; seen: ProfileRow; wasVeiled: boolean; isVeiled: boolean },
): Promise<void> {
  if (wasVeiled === isVeiled || seen.status_message === '') return
  const isOnAList =
    (await findFriend(trx, viewerId, seen.user_id)) ??
    (await findFriend(trx, seen.user_id, viewerId)) ??
    (await findBlock(trx, viewerId, seen.user_id))
  if (isOnAList === undefined) return
  tell(viewerId, { kind: 'friend-profile-changed', profile: toProfile(seen, { isVeiled }) })
}
