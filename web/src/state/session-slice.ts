import type { CurrentSession } from '@our-now/client/client.ts'
import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { SessionSlice } from './app-state.ts'

const initialState = { status: 'restoring' } as SessionSlice

/** Who is signed in. Every other slice empties itself at `signedOut`. */
const slice = createSlice({
  name: 'session',
  initialState,
  reducers: {
    signedIn: (_state, { payload }: PayloadAction<CurrentSession>): SessionSlice => ({
      status: 'signed-in',
      ...payload,
    }),
    signedOut: (_state, { payload }: PayloadAction<{ reason?: 'ended' | 'signed-out' }>): SessionSlice => ({
      status: 'signed-out',
      ...payload,
    }),
  },
})

export const { signedIn, signedOut } = slice.actions
export const sessionReducer = slice.reducer
