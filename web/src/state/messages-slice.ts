import type { ErrorCode } from '@our-now/contracts/errors.ts'
import { applyRoomEvents } from '@our-now/client/room-view/apply-room-event.ts'
import { mergePage, type PagePlace, type TimelinePage } from '@our-now/client/room-view/merge-page.ts'
import { createAction, type UnknownAction } from '@reduxjs/toolkit'
import { emptyTimeline, trimTimeline } from '@our-now/client/room-view/timeline.ts'
import type { CachedPage } from './cache/room-cache.ts'
import type { MessagesSlice, RoomTimeline } from './app-state.ts'
import { roomEventsReceived, roomGone, roomWasReset, userEventsReceived } from './log-actions.ts'
import { signedOut } from './session-slice.ts'

/** Lines kept of a room that is not on screen, so that coming back is instant. */
export const closedRoomLines = 60
/** Most lines of a room in memory: pages far from where the reader is are dropped and fetched again when needed. */
export const openRoomLines = 1_500

export const timelineStarted = createAction<{ roomId: string; liveSeq: number }>('messages/timelineStarted')
export const pageRequested = createAction<{ roomId: string; place: PagePlace }>('messages/pageRequested')
export const pageLoaded = createAction<{
  roomId: string
  place: PagePlace
  page: TimelinePage
  /** The lines so far may miss a deletion (they came from this device's cache): do not join with them. */
  isReplacing?: boolean
}>('messages/pageLoaded')
/** Lines from this device's cache: shown until the server's page comes, which then replaces them. */
export const pageRestored = createAction<CachedPage>('messages/pageRestored')
export const pageFailed = createAction<{ roomId: string; place: PagePlace; failure: ErrorCode }>(
  'messages/pageFailed',
)
export const timelineTrimmed = createAction<{ roomId: string; maxLines: number; keep: 'newest' | 'oldest' }>(
  'messages/timelineTrimmed',
)

const initialState: MessagesSlice = { byRoom: {} }

/**
 * The lines of each opened room. Written without drafts: pages hold thousands of frozen lines, and the pure functions
 * of the client already copy only what changes.
 */
export function messagesReducer(state: MessagesSlice = initialState, action: UnknownAction): MessagesSlice {
  if (signedOut.match(action)) return initialState
  if (timelineStarted.match(action)) return started(state, action.payload.roomId, action.payload.liveSeq)
  if (roomEventsReceived.match(action)) {
    const { roomId, events } = action.payload
    return change(state, roomId, (room) => ({ ...room, timeline: applyRoomEvents(room.timeline, events) }))
  }
  if (pageRequested.match(action))
    return change(state, action.payload.roomId, (room) => requested(room, action.payload.place))
  if (pageLoaded.match(action))
    return change(state, action.payload.roomId, (room) => loaded(room, action.payload))
  if (pageRestored.match(action))
    return change(state, action.payload.roomId, (room) => restored(room, action.payload))
  if (pageFailed.match(action))
    return change(state, action.payload.roomId, (room) => failed(room, action.payload))
  if (timelineTrimmed.match(action)) {
    const { roomId, maxLines, keep } = action.payload
    return change(state, roomId, (room) => ({
      ...room,
      timeline: trimTimeline(room.timeline, maxLines, keep),
    }))
  }
  if (roomWasReset.match(action)) {
    const { roomId, head, missed } = action.payload
    return change(state, roomId, () => ({ ...fresh(roomId, head), missed }))
  }
  if (roomGone.match(action)) return without(state, action.payload.roomId)
  if (userEventsReceived.match(action)) {
    const left = action.payload.events.filter((event) => event.kind === 'room-left')
    return left.reduce((rest, event) => without(rest, event.roomId), state)
  }
  return state
}

function fresh(roomId: string, liveSeq: number): RoomTimeline {
  return {
    timeline: emptyTimeline(roomId, liveSeq),
    status: 'idle',
    isLoadingOlder: false,
    isLoadingNewer: false,
    missed: 0,
  }
}

function started(state: MessagesSlice, roomId: string, liveSeq: number): MessagesSlice {
  if (state.byRoom[roomId]) return state
  return { byRoom: { ...state.byRoom, [roomId]: fresh(roomId, liveSeq) } }
}

function requested(room: RoomTimeline, place: PagePlace): RoomTimeline {
  const { failure: _, ...rest } = room
  if (place.kind === 'before') return { ...rest, isLoadingOlder: true }
  if (place.kind === 'after') return { ...rest, isLoadingNewer: true }
  return room.timeline.lines.length > 0 ? rest : { ...rest, status: 'loading' }
}

function loaded(room: RoomTimeline, payload: ReturnType<typeof pageLoaded>['payload']): RoomTimeline {
  const { failure: _, ...rest } = room
  return {
    ...rest,
    ...settled(payload.place),
    status: 'ready',
    timeline: mergePage(room.timeline, payload.place, payload.page, {
      isReplacing: payload.isReplacing ?? false,
    }),
  }
}

/** Nothing came in between: then the kept lines are the newest ones and are live. */
function restored(room: RoomTimeline, page: CachedPage): RoomTimeline {
  if (room.timeline.lines.length > 0) return room
  const isCurrent = page.liveSeq === room.timeline.liveSeq
  const { lines, hasBefore } = page
  return { ...room, status: 'ready', timeline: { ...room.timeline, lines, hasBefore, hasAfter: !isCurrent } }
}

function failed(room: RoomTimeline, payload: ReturnType<typeof pageFailed>['payload']): RoomTimeline {
  const status = room.status === 'loading' ? 'failed' : room.status
  return { ...room, ...settled(payload.place), status, failure: payload.failure }
}

function settled(place: PagePlace): Partial<RoomTimeline> {
  if (place.kind === 'before') return { isLoadingOlder: false }
  if (place.kind === 'after') return { isLoadingNewer: false }
  return {}
}

function change(
  state: MessagesSlice,
  roomId: string,
  to: (room: RoomTimeline) => RoomTimeline,
): MessagesSlice {
  const room = state.byRoom[roomId]
  if (!room) return state
  return { byRoom: { ...state.byRoom, [roomId]: to(room) } }
}

function without(state: MessagesSlice, roomId: string): MessagesSlice {
  if (!state.byRoom[roomId]) return state
  const { [roomId]: _, ...byRoom } = state.byRoom
  return { byRoom }
}
