import type { ConnectionState } from '@our-now/client/client.ts'
import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { ConnectionSlice } from './app-state.ts'
import { signedOut } from './session-slice.ts'

const initialState: ConnectionSlice = { state: 'connecting', wasOnline: false }

const slice = createSlice({
  name: 'connection',
  initialState,
  reducers: {
    connectionChanged: (state, { payload }: PayloadAction<ConnectionState>): ConnectionSlice => ({
      ...payload,
      wasOnline: state.wasOnline || payload.state === 'online',
    }),
  },
  extraReducers: (builder) => builder.addCase(signedOut, () => initialState),
})

export const { connectionChanged } = slice.actions
export const connectionReducer = slice.reducer
