import type { AppTell, AppThunk } from './app-thunk.ts'
import { cursorsAwaited, cursorsDropped } from './cursors-slice.ts'
import { closedRoomLines, timelineStarted, timelineTrimmed } from './messages-slice.ts'
import { loadPage } from './message-thunks.ts'
import { isLooking } from './attention.ts'
import { markReadIfLooking } from './reading.ts'
import { roomEntered, roomLeft } from './read-state-slice.ts'
import { selectUnread } from './room-selectors.ts'
import { loadMembers } from './room-thunks.ts'
import { restorePage } from './cache/restore-page.ts'

/** Unread lines that still fit on the newest page; with more the room opens at the divider. */
const mostUnreadOnNewestPage = 40

/**
 * The room comes on screen: its cursors are pushed, its lines shown (from memory, this device's cache, or the server)
 * and the divider is frozen where I had read to. Call `closeRoom` when it goes.
 */
export const openRoom =
  (roomId: string): AppThunk =>
  async (dispatch, getState, { client, cache }) => {
    const room = getState().rooms.rooms[roomId]
    if (!room) return
    const unread = selectUnread(getState(), roomId)
    const { readSeq } = room.membership
    const liveSeq = client.rooms.have(roomId) ?? room.head
    client.rooms.follow([{ roomId, have: room.head }])
    dispatch(roomEntered({ roomId, readSeq, unread, isLooking: isLooking() }))
    dispatch(cursorsAwaited({ roomId, liveSeq }))
    client.rooms.open(roomId)
    const known = getState().messages.byRoom[roomId]
    if (!known) dispatch(timelineStarted({ roomId, liveSeq }))
    if (!getState().members.byRoom[roomId]) void dispatch(loadMembers(roomId)).catch(() => undefined)
    const isLive = known?.status === 'ready' && !known.timeline.hasAfter
    if (!isLive || unread > known.timeline.lines.length) {
      const isFresh = known === undefined && (await dispatch(restorePage(roomId, cache)))
      const atDivider = unread > mostUnreadOnNewestPage && readSeq > 0
      await dispatch(
        loadPage(roomId, atDivider ? { kind: 'around', seq: readSeq } : { kind: 'newest' }, isFresh),
      )
    }
    if (getState().readState.openRoomId === roomId) dispatch(markReadIfLooking())
  }

/** The room leaves the screen. Its last lines stay in memory so that coming back is instant. */
export const closeRoom =
  (roomId: string): AppTell =>
  (dispatch, _getState, { client }) => {
    client.rooms.close(roomId)
    dispatch(roomLeft(roomId))
    dispatch(cursorsDropped({ roomId }))
    dispatch(timelineTrimmed({ roomId, maxLines: closedRoomLines, keep: 'newest' }))
  }
