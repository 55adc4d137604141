import type { MyProfile } from '@our-now/contracts/people.ts'
import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { MeSlice } from './app-state.ts'
import { signedOut } from './session-slice.ts'
import { userEventsReceived } from './log-actions.ts'

const initialState: MeSlice = {}

const slice = createSlice({
  name: 'me',
  initialState,
  reducers: {
    myProfileLoaded: (_state, { payload }: PayloadAction<MyProfile>): MeSlice => ({ profile: payload }),
  },
  extraReducers: (builder) =>
    builder
      .addCase(signedOut, () => initialState)
      .addCase(userEventsReceived, (state, { payload }) => {
        for (const event of payload.events)
          if (event.kind === 'profile-changed') state.profile = event.profile
      }),
})

export const { myProfileLoaded } = slice.actions
export const meReducer = slice.reducer
