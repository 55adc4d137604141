import type { AppThunk } from './app-thunk.ts'
import { myProfileLoaded } from './me-slice.ts'
import { friendsLoaded, friendsLoadingChanged } from './people-slice.ts'
import { loadAdmirers, loadBlocks } from './people-thunks.ts'
import { keepRoom } from './room-thunks.ts'
import { roomListCompleted, roomsLoaded, roomsLoadingChanged } from './rooms-slice.ts'

/** Pages of rooms and friends that are loaded at start: 5,000 rooms, 4,000 friends. */
const mostRoomPages = 50
const mostFriendPages = 20

/**
 * After sign-in: what this device kept is shown first, then everything is asked for: three requests before the first
 * screen is whole, however many rooms there are, and the further pages afterwards.
 */
export const openApp =
  (userId: string): AppThunk =>
  async (dispatch, _getState, { cache }) => {
    await cache?.open(userId)
    const home = await cache?.loadHome()
    if (home?.profile) dispatch(myProfileLoaded(home.profile))
    if (home && home.rooms.length > 0) dispatch(roomsLoaded({ rooms: home.rooms }))
    if (home && home.friends.length > 0) dispatch(friendsLoaded({ friends: home.friends, isFirst: true }))
    await dispatch(reloadAll())
  }

/**
 * Everything personal anew: at start and when my own log cannot be followed up any more. My log is followed from the
 * position that the first rooms come with; what it tells from there on is applied over the rest, so the rest must be
 * asked for later than that.
 */
export const reloadAll = (): AppThunk => async (dispatch, getState) => {
  dispatch(friendsLoadingChanged('loading'))
  const loadRest = () => {
    inBackground(dispatch(loadMe()))
    // Blocks and admirers are on no first screen.
    inBackground(
      dispatch(loadFriends()).then(() => Promise.all([dispatch(loadBlocks()), dispatch(loadAdmirers())])),
    )
  }
  try {
    await dispatch(loadRooms(loadRest))
  } catch (error) {
    if (getState().people.status === 'loading') dispatch(friendsLoadingChanged('failed'))
    throw error
  }
}

/** Failures show in the slices' status; the next connection tries again. */
const inBackground = (work: Promise<unknown>) => void work.catch(() => undefined)

export const loadMe =
  (): AppThunk =>
  async (dispatch, _getState, { client }) => {
    dispatch(myProfileLoaded(await client.api.getMyProfile()))
  }

/** The room list, page by page; every page is shown and followed as it comes. */
const loadRooms =
  (onFirstPage: () => void = () => undefined): AppThunk =>
  async (dispatch, getState, { client }) => {
    dispatch(roomsLoadingChanged('loading'))
    const roomIds: string[] = []
    try {
      let cursor: string | undefined
      for (let page = 0; page < mostRoomPages; page += 1) {
        const reply = await client.api.listRooms({ limit: 100, ...(cursor !== undefined && { cursor }) })
        if (page === 0) client.user.follow(reply.userHead)
        dispatch(roomsLoaded({ rooms: reply.rooms }))
        client.rooms.follow(reply.rooms.map((room) => ({ roomId: room.roomId, have: room.head })))
        if (page === 0) onFirstPage()
        roomIds.push(...reply.rooms.map((room) => room.roomId))
        cursor = reply.nextCursor
        if (cursor === undefined) break
      }
      // Rooms that my log brought while the pages came are mine as well.
      const joined = Object.keys(getState().rooms.rooms).filter((id) => client.rooms.have(id) !== undefined)
      dispatch(roomListCompleted({ roomIds: [...roomIds, ...joined] }))
    } catch (error) {
      dispatch(roomsLoadingChanged('failed'))
      throw error
    }
  }

export const loadFriends =
  (): AppThunk =>
  async (dispatch, _getState, { client }) => {
    dispatch(friendsLoadingChanged('loading'))
    try {
      let cursor: string | undefined
      for (let page = 0; page < mostFriendPages; page += 1) {
        const reply = await client.api.listFriends({ limit: 200, ...(cursor !== undefined && { cursor }) })
        dispatch(friendsLoaded({ friends: reply.friends, isFirst: page === 0 }))
        cursor = reply.nextCursor
        if (cursor === undefined) break
      }
      dispatch(friendsLoadingChanged('ready'))
    } catch (error) {
      dispatch(friendsLoadingChanged('failed'))
      throw error
    }
  }

/** One room's summary anew, after its log could not be followed up. */
export const reloadRoom =
  (roomId: string): AppThunk =>
  async (dispatch, _getState, { client }) =>
    dispatch(keepRoom(await client.api.getRoom({ roomId })))
