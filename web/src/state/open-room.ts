import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import type { AppTell, AppThunk } from './app-thunk.ts'
import { isLooking } from './attention.ts'
import { restorePage } from './cache/restore-page.ts'
import { cursorsAwaited, cursorsDropped } from './cursors-slice.ts'
import { loadPage } from './message-thunks.ts'
import { closedRoomLines, timelineStarted, timelineTrimmed } from './messages-slice.ts'
import { roomEntered, roomLeft, roomRequested } from './read-state-slice.ts'
import { markReadIfLooking } from './reading.ts'
import { selectUnread } from './room-selectors.ts'
import { keepRoom, loadMembers } from './room-thunks.ts'

/** Unread lines that still fit on the newest page; with more the room opens at the divider. */
const mostUnreadOnNewestPage = 40

/**
 * The room comes on screen: its cursors are pushed, its lines shown (from memory, this device's cache, or the server)
 * and the divider is frozen where I had read to. Call `closeRoom` when it goes. Rejects with `room_not_found` for a
 * room that is not mine.
 */
export const openRoom =
  (roomId: string): AppThunk =>
  async (dispatch, getState, { client }) => {
    dispatch(roomRequested(roomId))
    const room = getState().rooms.rooms[roomId] ?? (await dispatch(fetchRoom(roomId)))
    // Gone to another room meanwhile.
    if (getState().readState.openRoomId !== roomId) return
    const unread = selectUnread(getState(), roomId)
    const { readSeq } = room.membership
    client.rooms.follow([{ roomId, have: room.head }])
    const liveSeq = client.rooms.have(roomId) ?? room.head
    dispatch(roomEntered({ roomId, readSeq, unread, isLooking: isLooking() }))
    dispatch(cursorsAwaited({ roomId, liveSeq }))
    dispatch(timelineStarted({ roomId, liveSeq }))
    client.rooms.open(roomId)
    if (!getState().members.byRoom[roomId]) void dispatch(loadMembers(roomId)).catch(() => undefined)
    await dispatch(loadFirstPage(roomId, unread, readSeq))
    dispatch(markReadIfLooking())
  }

/** A link to a room that the list has not brought yet. */
const fetchRoom =
  (roomId: string): AppThunk<RoomSummary> =>
  async (dispatch, _getState, { client }) => {
    const room = await client.api.getRoom({ roomId })
    dispatch(keepRoom(room))
    return room
  }

/** Nothing to fetch when the lines in memory are live and reach back to where I had read. */
const loadFirstPage =
  (roomId: string, unread: number, readSeq: number): AppThunk =>
  async (dispatch, getState, { cache }) => {
    const { status, timeline } = getState().messages.byRoom[roomId] ?? {}
    if (status === 'ready' && timeline && !timeline.hasAfter && unread <= timeline.lines.length) return
    const isRestored = status === 'idle' && (await dispatch(restorePage(roomId, cache)))
    const isFar = unread > mostUnreadOnNewestPage
    await dispatch(
      loadPage(roomId, isFar ? { kind: 'around', seq: readSeq } : { kind: 'newest' }, isRestored),
    )
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
