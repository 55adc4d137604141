import type { OutboxEntry } from '@our-now/client/client.ts'
import { codeOf } from '@our-now/client/client-error.ts'
import type { PagePlace } from '@our-now/client/room-view/merge-page.ts'
import type { AppTell, AppThunk } from './app-thunk.ts'
import { openRoomLines, pageFailed, pageLoaded, pageRequested, timelineTrimmed } from './messages-slice.ts'
import { ownMessageSentIn } from './read-state-slice.ts'

const pageLines = 50

/** The page before the oldest line. Nothing happens while one is on its way or when there is none. */
export const loadOlder =
  (roomId: string): AppThunk =>
  async (dispatch, getState) => {
    const room = getState().messages.byRoom[roomId]
    const first = room?.timeline.lines[0]
    if (!room || !first || room.isLoadingOlder || !room.timeline.hasBefore) return
    await dispatch(loadPage(roomId, { kind: 'before', seq: first.seq }))
    dispatch(timelineTrimmed({ roomId, maxLines: openRoomLines, keep: 'oldest' }))
  }

/** The page after the newest line, while the newest lines are not in the window. */
export const loadNewer =
  (roomId: string): AppThunk =>
  async (dispatch, getState) => {
    const room = getState().messages.byRoom[roomId]
    const last = room?.timeline.lines.at(-1)
    if (!room || !last || room.isLoadingNewer || !room.timeline.hasAfter) return
    await dispatch(loadPage(roomId, { kind: 'after', seq: last.seq }))
    dispatch(timelineTrimmed({ roomId, maxLines: openRoomLines, keep: 'newest' }))
  }

/** "최신으로": the newest page, replacing a window that does not reach it. */
export const loadNewest =
  (roomId: string): AppThunk =>
  async (dispatch) =>
    dispatch(loadPage(roomId, { kind: 'newest' }))

/** Fetches one page and merges it. A failure is in the room's `failure`, with `status` `failed` if nothing is shown. */
export const loadPage =
  (roomId: string, place: PagePlace, isReplacing = false): AppThunk =>
  async (dispatch, _getState, { client }) => {
    dispatch(pageRequested({ roomId, place }))
    try {
      const at = place.kind === 'newest' ? {} : { [place.kind]: place.seq }
      const page = await client.api.listMessages({ roomId, limit: pageLines, ...at })
      dispatch(pageLoaded({ roomId, place, page, isReplacing }))
    } catch (error) {
      dispatch(pageFailed({ roomId, place, failure: codeOf(error) }))
    }
  }

/** Puts a message into the outbox: it is on screen at once and goes out when it can, also after a reload. */
export const sendMessage =
  (roomId: string, text: string): AppThunk<OutboxEntry> =>
  async (dispatch, _getState, { client }) => {
    const entry = await client.outbox.send(roomId, text)
    dispatch(ownMessageSentIn(roomId))
    return entry
  }

/** The same message again, under the same id. */
export const retrySend =
  (clientMessageId: string): AppThunk =>
  async (_dispatch, _getState, { client }) =>
    client.outbox.retry(clientMessageId)

export const discardSend =
  (clientMessageId: string): AppThunk =>
  async (_dispatch, _getState, { client }) =>
    client.outbox.discard(clientMessageId)

/** Deletes my message for everyone (24 h). The line changes when the room's log says so. */
export const deleteMessage =
  (roomId: string, seq: number): AppThunk =>
  async (_dispatch, _getState, { client }) => {
    await client.api.deleteMessage({ roomId, seq })
  }

/** I am typing: call on every keystroke, it is told at most every 3 s. */
export const noteTyping =
  (roomId: string): AppTell =>
  (_dispatch, _getState, { client }) =>
    client.rooms.noteTyping(roomId)
