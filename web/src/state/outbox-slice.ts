import type { OutboxEntry } from '@our-now/client/client.ts'
import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { OutboxSlice } from './app-state.ts'
import { signedOut } from './session-slice.ts'

const initialState: OutboxSlice = { entries: [] }

/** A mirror of the client's outbox, so that pending messages are drawn like everything else. */
const slice = createSlice({
  name: 'outbox',
  initialState,
  reducers: {
    outboxChanged: (_state, { payload }: PayloadAction<readonly OutboxEntry[]>): OutboxSlice => ({
      entries: payload,
    }),
  },
  extraReducers: (builder) => builder.addCase(signedOut, () => initialState),
})

export const { outboxChanged } = slice.actions
export const outboxReducer = slice.reducer
