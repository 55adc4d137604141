import { createSlice, type Draft, type PayloadAction } from '@reduxjs/toolkit'
import type { TypingSlice } from './app-state.ts'
import { roomEventsReceived } from './log-actions.ts'
import { signedOut } from './session-slice.ts'

type State = Draft<TypingSlice>
const initialState = (): State => ({ byRoom: {} })

/** Who is typing where. Ends by itself (`expiresAtMs`, local clock) or with the message. */
const slice = createSlice({
  name: 'typing',
  initialState,
  reducers: {
    typingStarted(
      state,
      { payload }: PayloadAction<{ roomId: string; userId: string; expiresAtMs: number }>,
    ) {
      state.byRoom[payload.roomId] = {
        ...state.byRoom[payload.roomId],
        [payload.userId]: payload.expiresAtMs,
      }
    },
    /** Drops what has expired by now. */
    typingExpired(state, { payload }: PayloadAction<{ nowMs: number }>) {
      for (const [roomId, people] of Object.entries(state.byRoom)) {
        for (const [userId, expiresAtMs] of Object.entries(people))
          if (expiresAtMs <= payload.nowMs) delete people[userId]
        if (Object.keys(people).length === 0) delete state.byRoom[roomId]
      }
    },
  },
  extraReducers: (builder) =>
    builder.addCase(signedOut, initialState).addCase(roomEventsReceived, (state, { payload }) => {
      const people = state.byRoom[payload.roomId]
      if (!people) return
      for (const event of payload.events)
        if (event.kind === 'message-created' || event.kind === 'message-withheld')
          delete people[event.actorId]
    }),
})

export const { typingStarted, typingExpired } = slice.actions
export const typingReducer = slice.reducer
