import type { Client } from '@our-now/client/client.ts'
import type { ThunkAction, ThunkDispatch, UnknownAction } from '@reduxjs/toolkit'
import type { RoomCache } from './cache/room-cache.ts'
import type { RootState } from './store.ts'

/** What thunks are given beside dispatch and state. */
export interface ThunkDeps {
  readonly client: Client
  readonly cache?: RoomCache
  /** Local clock in milliseconds. */
  readonly now: () => number
}

/** A verb of the app. Rejects with `ClientError`; show its `code`. */
export type AppThunk<T = void> = ThunkAction<Promise<T>, RootState, ThunkDeps, UnknownAction>
/** A verb that needs no answer: it only tells the client or the store. */
export type AppTell = ThunkAction<void, RootState, ThunkDeps, UnknownAction>
export type ThunkDispatcher = ThunkDispatch<RootState, ThunkDeps, UnknownAction>
