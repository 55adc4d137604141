import type { OutboxEntry } from '@our-now/client/client.ts'
import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { OutboxSlice } from './app-state.ts'
import { signedOut } from './session-slice.ts'

const initialState: OutboxSlice = { entries: [], isStorageLost: false }

/** A mirror of the client's outbox, so that pending messages are drawn like everything else. */
const slice = createSlice({
  name: 'outbox',
  initialState,
  reducers: {
    outboxChanged: (state, { payload }: PayloadAction<readonly OutboxEntry[]>): OutboxSlice => ({
      ...state,
      entries: payload,
    }),
    storageLost: (state): OutboxSlice => ({ ...state, isStorageLost: true }),
  },
  extraReducers: (builder) => builder.addCase(signedOut, (state) => ({ ...state, entries: [] })),
})

export const { outboxChanged, storageLost } = slice.actions
export const outboxReducer = slice.reducer
