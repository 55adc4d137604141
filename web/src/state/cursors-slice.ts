import { applyCursorMoves } from '@our-now/client/room-view/apply-cursor-moves.ts'
import { applyMembership, awaitCursors, loadCursors, readBy } from '@our-now/client/room-view/cursor-state.ts'
import type { CursorState } from '@our-now/client/room-view/cursor-state.ts'
import type { CursorsMoved, RoomCursors } from '@our-now/contracts/rooms.ts'
import { createAction, type UnknownAction } from '@reduxjs/toolkit'
import type { CursorsSlice } from './app-state.ts'
import { roomEventsReceived, roomGone, roomWasReset } from './log-actions.ts'
import { signedOut } from './session-slice.ts'

export const cursorsAwaited = createAction<{ roomId: string; liveSeq: number }>('cursors/awaited')
export const cursorsLoaded = createAction<RoomCursors>('cursors/loaded')
export const cursorsMoved = createAction<CursorsMoved>('cursors/moved')
/** I read on this device: my own part of the numbers goes at once. */
export const ownCursorMoved = createAction<{ roomId: string; userId: string; seq: number }>(
  'cursors/ownMoved',
)
export const cursorsDropped = createAction<{ roomId: string }>('cursors/dropped')

const initialState: CursorsSlice = { byRoom: {} }

/** Read cursors of the open rooms, from which every message's unread number is counted. */
export function cursorsReducer(state: CursorsSlice = initialState, action: UnknownAction): CursorsSlice {
  if (signedOut.match(action)) return initialState
  if (cursorsAwaited.match(action)) {
    const { roomId, liveSeq } = action.payload
    return state.byRoom[roomId] ? state : put(state, awaitCursors(roomId, liveSeq))
  }
  if (cursorsLoaded.match(action)) {
    const known = state.byRoom[action.payload.roomId]
    return known ? put(state, loadCursors(known, action.payload)) : state
  }
  if (cursorsMoved.match(action))
    return change(state, action.payload.roomId, (cursors) => applyCursorMoves(cursors, action.payload))
  if (ownCursorMoved.match(action)) {
    const { roomId, userId, seq } = action.payload
    return change(state, roomId, (cursors) => readBy(cursors, userId, seq))
  }
  if (roomEventsReceived.match(action)) {
    const { roomId, events } = action.payload
    return change(state, roomId, (cursors) => events.reduce(applyMembership, cursors))
  }
  if (cursorsDropped.match(action) || roomGone.match(action) || roomWasReset.match(action)) {
    const { [action.payload.roomId]: _, ...byRoom } = state.byRoom
    return { byRoom }
  }
  return state
}

function change(
  state: CursorsSlice,
  roomId: string,
  to: (cursors: CursorState) => CursorState,
): CursorsSlice {
  const known = state.byRoom[roomId]
  if (!known) return state
  const next = to(known)
  return next === known ? state : put(state, next)
}

function put(state: CursorsSlice, cursors: CursorState): CursorsSlice {
  return { byRoom: { ...state.byRoom, [cursors.roomId]: cursors } }
}
