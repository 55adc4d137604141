import type { PresenceState } from '@our-now/contracts/presence.ts'
import { createSlice, type Draft, type PayloadAction } from '@reduxjs/toolkit'
import type { PresenceSlice } from './app-state.ts'
import { connectionChanged } from './connection-slice.ts'
import { signedOut } from './session-slice.ts'

type State = Draft<PresenceSlice>
const initialState = (): State => ({ states: {} })

/** Online states of the friends on screen. Offline we know nothing, so nothing is shown. */
const slice = createSlice({
  name: 'presence',
  initialState,
  reducers: {
    presenceChanged(state, { payload }: PayloadAction<PresenceState>) {
      state.states[payload.userId] = payload
    },
  },
  extraReducers: (builder) =>
    builder.addCase(signedOut, initialState).addCase(connectionChanged, (state, { payload }) => {
      if (payload.state === 'offline') state.states = {}
    }),
})

export const { presenceChanged } = slice.actions
export const presenceReducer = slice.reducer
