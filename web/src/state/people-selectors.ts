import type { Friend, Profile } from '@our-now/contracts/people.ts'
import { createSelector } from '@reduxjs/toolkit'
import { sortFriends } from './friend-order.ts'
import type { RootState } from './store.ts'

const friends = (state: RootState) => state.people.friends
const admirers = (state: RootState) => state.people.admirers
const blocks = (state: RootState) => state.people.blocks

const shown = createSelector([friends, blocks], (byId, blocked) =>
  sortFriends(Object.values(byId).filter((friend) => !friend.isHidden && !blocked[friend.profile.userId])),
)

/** 즐겨찾기, in 가나다 order. I myself am `selectMe`, above both. */
export const selectFavourites = createSelector([shown], (all) => all.filter((friend) => friend.isFavourite))
/** 친구: everybody else, 가나다, then A–Z, then others. */
export const selectFriends = createSelector([shown], (all) => all.filter((friend) => !friend.isFavourite))
/** Everybody who may be picked for a room: favourites first. */
export const selectAllFriends = createSelector([selectFavourites, selectFriends], (first, then): Friend[] => [
  ...first,
  ...then,
])
export const selectHiddenFriends = createSelector([friends], (byId) =>
  sortFriends(Object.values(byId).filter((friend) => friend.isHidden)),
)
/** Newest first. */
export const selectAdmirers = createSelector([admirers], (byId) =>
  Object.values(byId).toSorted((a, b) => b.addedAt - a.addedAt),
)
export const selectBlocks = createSelector([blocks], (byId) =>
  Object.values(byId).toSorted((a, b) => b.blockedAt - a.blockedAt),
)
export const selectMe = (state: RootState) => state.me.profile
export const selectMyUserId = (state: RootState): string | undefined =>
  state.session.status === 'signed-in' ? state.session.account.userId : undefined
export const selectProfile = (state: RootState, userId: string): Profile | undefined =>
  state.people.profiles[userId]
export const selectBlock = (state: RootState, userId: string) => state.people.blocks[userId]
export const selectPresence = (state: RootState, userId: string) => state.presence.states[userId]

/** Empty until one's own profile is there. */
export const selectMyHandle = (state: RootState): string => selectMe(state)?.handle ?? ''
