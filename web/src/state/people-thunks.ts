import type { ApiRequest } from '@our-now/client/http/api-types.ts'
import type { Block, Friend, MyProfile } from '@our-now/contracts/people.ts'
import type { RelationToUser } from '@our-now/contracts/chat/people-operations.ts'
import type { AppThunk } from './app-thunk.ts'
import { myProfileLoaded } from './me-slice.ts'
import {
  admirersLoaded,
  blockChanged,
  blockRemoved,
  blocksLoaded,
  friendChanged,
  friendRemoved,
  profilesSeen,
} from './people-slice.ts'

/** Changes one's own name, status message or presence switch. */
export const updateProfile =
  (request: ApiRequest<'updateProfile'>): AppThunk<MyProfile> =>
  async (dispatch, _getState, { client }) => {
    const profile = await client.api.updateProfile(request)
    dispatch(myProfileLoaded(profile))
    return profile
  }

export const addFriend =
  (userId: string): AppThunk<Friend> =>
  async (dispatch, _getState, { client }) => {
    const friend = await client.api.addFriend({ userId })
    dispatch(friendChanged(friend))
    return friend
  }

export const updateFriend =
  (request: ApiRequest<'updateFriend'>): AppThunk<Friend> =>
  async (dispatch, _getState, { client }) => {
    const friend = await client.api.updateFriend(request)
    dispatch(friendChanged(friend))
    return friend
  }

export const removeFriend =
  (userId: string): AppThunk =>
  async (dispatch, _getState, { client }) => {
    await client.api.removeFriend({ userId })
    dispatch(friendRemoved(userId))
  }

export const acceptFriendInvite =
  (code: string): AppThunk<Friend> =>
  async (dispatch, _getState, { client }) => {
    const friend = await client.api.acceptFriendInvite({ code })
    dispatch(friendChanged(friend))
    return friend
  }

/** A person by exact id: `user_not_found` when there is none. */
export const findUser =
  (handle: string): AppThunk<RelationToUser> =>
  async (dispatch, _getState, { client }) => {
    const relation = await client.api.findUser({ handle })
    dispatch(profilesSeen([relation.profile]))
    return relation
  }

/** A person whose profile is opened. */
export const loadUser =
  (userId: string): AppThunk<RelationToUser> =>
  async (dispatch, _getState, { client }) => {
    const relation = await client.api.getUser({ userId })
    dispatch(profilesSeen([relation.profile]))
    return relation
  }

/** Names of people who wrote but are in no list that was loaded. At most 20 at a time; unknown ones are left out. */
export const loadMissingProfiles =
  (userIds: readonly string[]): AppThunk =>
  async (dispatch, getState, { client }) => {
    const missing = userIds.filter((userId) => !getState().people.profiles[userId]).slice(0, 20)
    const found = await Promise.allSettled(missing.map((userId) => client.api.getUser({ userId })))
    dispatch(profilesSeen(found.flatMap((one) => (one.status === 'fulfilled' ? [one.value.profile] : []))))
  }

/** Everybody who added me (a few pages at most; the list is short in practice and bounded here at 1,000). */
export const loadAdmirers =
  (): AppThunk =>
  async (dispatch, _getState, { client }) => {
    let cursor: string | undefined
    for (let page = 0; page < 5; page += 1) {
      const reply = await client.api.listAdmirers({ limit: 200, ...(cursor !== undefined && { cursor }) })
      dispatch(admirersLoaded({ admirers: reply.admirers, isFirst: page === 0 }))
      cursor = reply.nextCursor
      if (cursor === undefined) return
    }
  }

export const loadBlocks =
  (): AppThunk =>
  async (dispatch, _getState, { client }) => {
    let cursor: string | undefined
    for (let page = 0; page < 5; page += 1) {
      const reply = await client.api.listBlocks({ limit: 200, ...(cursor !== undefined && { cursor }) })
      dispatch(blocksLoaded({ blocks: reply.blocks, isFirst: page === 0 }))
      cursor = reply.nextCursor
      if (cursor === undefined) return
    }
  }

export const blockUser =
  (request: ApiRequest<'blockUser'>): AppThunk<Block> =>
  async (dispatch, _getState, { client }) => {
    const block = await client.api.blockUser(request)
    dispatch(blockChanged(block))
    return block
  }

export const unblockUser =
  (userId: string): AppThunk =>
  async (dispatch, _getState, { client }) => {
    await client.api.unblockUser({ userId })
    dispatch(blockRemoved(userId))
  }
