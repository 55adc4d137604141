import { createSlice, type Draft, type PayloadAction } from '@reduxjs/toolkit'
import type { Divider, ReadStateSlice } from './app-state.ts'
import { arriveBelow, enterRoom, lookChanged, ownMessageSent, placeSeen, scrolled } from './divider.ts'
import { roomEventsReceived, roomGone } from './log-actions.ts'
import { signedOut } from './session-slice.ts'

type State = Draft<ReadStateSlice>
const initialState = (): State => ({ byRoom: {} })

/** Which room is on screen and where its "read up to here" line stands. The rules are in `divider.ts`. */
const slice = createSlice({
  name: 'readState',
  initialState,
  reducers: {
    /** The room is wanted on screen; its summary may still be on its way. */
    roomRequested(state, { payload }: PayloadAction<string>) {
      state.openRoomId = payload
    },
    roomEntered(
      state,
      { payload }: PayloadAction<{ roomId: string; readSeq: number; unread: number; isLooking: boolean }>,
    ) {
      state.openRoomId = payload.roomId
      state.byRoom[payload.roomId] = enterRoom(payload)
    },
    roomLeft(state, { payload }: PayloadAction<string>) {
      if (state.openRoomId === payload) delete state.openRoomId
      delete state.byRoom[payload]
    },
    /** From the list: is the newest line on screen? */
    bottomReached: (state, { payload }: PayloadAction<{ roomId: string; isAtBottom: boolean }>) =>
      change(state, payload.roomId, (divider) => scrolled(divider, payload.isAtBottom)),
    /** From the list: did the divider come on (or go off) the screen? */
    dividerShown: (state, { payload }: PayloadAction<{ roomId: string; isOnScreen: boolean }>) =>
      change(state, payload.roomId, (divider) => placeSeen(divider, payload.isOnScreen)),
    /** The page became visible and focused, or stopped being so. */
    attentionChanged(state, { payload }: PayloadAction<{ isLooking: boolean }>) {
      if (state.openRoomId)
        change(state, state.openRoomId, (divider) => lookChanged(divider, payload.isLooking))
    },
    ownMessageSentIn: (state, { payload }: PayloadAction<string>) => change(state, payload, ownMessageSent),
  },
  extraReducers: (builder) =>
    builder
      .addCase(signedOut, initialState)
      .addCase(roomGone, (state, { payload }) => {
        delete state.byRoom[payload.roomId]
      })
      .addCase(roomEventsReceived, (state, { payload }) => {
        for (const event of payload.events) {
          if (event.kind !== 'message-created' || event.message.authorId === payload.myUserId) continue
          change(state, payload.roomId, (divider) => arriveBelow(divider, event.seq))
        }
      }),
})

function change(state: State, roomId: string, to: (divider: Divider) => Divider): void {
  const divider = state.byRoom[roomId]
  if (divider) state.byRoom[roomId] = to(divider)
}

export const {
  roomRequested,
  roomEntered,
  roomLeft,
  bottomReached,
  dividerShown,
  attentionChanged,
  ownMessageSentIn,
} = slice.actions
export const readStateReducer = slice.reducer
