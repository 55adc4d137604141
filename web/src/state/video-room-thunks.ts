import type { ApiRequest } from '@our-now/client/http/api-types.ts'
import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import type { AppThunk } from './app-thunk.ts'
import { roomGone } from './log-actions.ts'
import { keepRoom } from './room-thunks.ts'

export const createVideoRoom =
  (request: ApiRequest<'createVideoRoom'>): AppThunk<RoomSummary> =>
  async (dispatch, _getState, { client }) => {
    const room = await client.api.createVideoRoom(request)
    dispatch(keepRoom(room))
    return room
  }

/** For good, for everybody. */
export const closeVideoRoom =
  (roomId: string): AppThunk =>
  async (dispatch, _getState, { client }) => {
    await client.api.closeVideoRoom({ roomId })
    client.rooms.unfollow(roomId)
    dispatch(roomGone({ roomId }))
  }

/** Somebody was let in: the room is theirs before the log says so. */
export const enterRoom =
  (roomId: string): AppThunk =>
  async (dispatch, _getState, { client }) => {
    dispatch(keepRoom(await client.api.getRoom({ roomId })))
  }
