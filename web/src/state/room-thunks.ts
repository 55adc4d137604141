import type { ApiRequest } from '@our-now/client/http/api-types.ts'
import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import type { AppTell, AppThunk } from './app-thunk.ts'
import { roomGone } from './log-actions.ts'
import { membersFailed, membersLoaded, membersLoading } from './members-slice.ts'
import { roomOpenedJustNow, roomUpdated } from './rooms-slice.ts'

/** The 1:1 room with a person; shown in the list from now on although nothing was said yet. */
export const openDirectRoom =
  (userId: string): AppThunk<RoomSummary> =>
  async (dispatch, _getState, { client }) => {
    const room = await client.api.openDirectRoom({ userId })
    dispatch(roomOpenedJustNow(room.roomId))
    dispatch(keepRoom(room))
    return room
  }

export const createGroup =
  (request: ApiRequest<'createGroup'>): AppThunk<RoomSummary> =>
  async (dispatch, _getState, { client }) => {
    const room = await client.api.createGroup(request)
    dispatch(keepRoom(room))
    return room
  }

/** Answers the room to go to: in a 1:1 room a new group. */
export const inviteMembers =
  (request: ApiRequest<'inviteMembers'>): AppThunk<RoomSummary> =>
  async (dispatch, _getState, { client }) => {
    const room = await client.api.inviteMembers(request)
    dispatch(keepRoom(room))
    return room
  }

export const renameRoom =
  (roomId: string, name: string): AppThunk =>
  async (dispatch, _getState, { client }) => {
    dispatch(keepRoom(await client.api.renameRoom({ roomId, name })))
  }

/** Mutes or pins a room, for me only. */
export const updateMembership =
  (request: ApiRequest<'updateMembership'>): AppThunk =>
  async (dispatch, _getState, { client }) => {
    dispatch(keepRoom(await client.api.updateMembership(request)))
  }

export const leaveRoom =
  (roomId: string, isQuiet: boolean): AppThunk =>
  async (dispatch, _getState, { client }) => {
    await client.api.leaveRoom({ roomId, isQuiet })
    client.rooms.unfollow(roomId)
    dispatch(roomGone({ roomId }))
  }

export const removeMember =
  (roomId: string, userId: string): AppThunk =>
  async (_dispatch, _getState, { client }) => {
    await client.api.removeMember({ roomId, userId })
  }

/** The first page of members, or the next one when there is more. */
export const loadMembers =
  (roomId: string): AppThunk =>
  async (dispatch, getState, { client }) => {
    const known = getState().members.byRoom[roomId]
    if (known?.status === 'loading') return
    const cursor = known?.nextCursor
    dispatch(membersLoading({ roomId }))
    try {
      const { members, nextCursor } = await client.api.listMembers({
        roomId,
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      })
      const isFirst = cursor === undefined
      dispatch(membersLoaded({ roomId, members, isFirst, ...(nextCursor !== undefined && { nextCursor }) }))
    } catch (error) {
      dispatch(membersFailed({ roomId }))
      throw error
    }
  }

/** A summary that the server answered: shown, and followed from where it stands. */
export const keepRoom =
  (room: RoomSummary): AppTell =>
  (dispatch, _getState, { client }) => {
    dispatch(roomUpdated(room))
    client.rooms.follow([{ roomId: room.roomId, have: room.head }])
  }
