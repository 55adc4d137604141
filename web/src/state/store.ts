import type { Client } from '@our-now/client/client.ts'
import { combineReducers, configureStore } from '@reduxjs/toolkit'
import type { ThunkDeps } from './app-thunk.ts'
import { createClientListener } from './client-middleware.ts'
import { connectionReducer } from './connection-slice.ts'
import { cursorsReducer } from './cursors-slice.ts'
import { meReducer } from './me-slice.ts'
import { membersReducer } from './members-slice.ts'
import { messagesReducer } from './messages-slice.ts'
import { outboxReducer } from './outbox-slice.ts'
import { peopleReducer } from './people-slice.ts'
import { presenceReducer } from './presence-slice.ts'
import { readStateReducer } from './read-state-slice.ts'
import { roomsReducer } from './rooms-slice.ts'
import type { RoomCache } from './cache/room-cache.ts'
import { sessionReducer } from './session-slice.ts'
import { settingsReducer } from './settings-slice.ts'
import { typingReducer } from './typing-slice.ts'

const reducer = combineReducers({
  session: sessionReducer,
  connection: connectionReducer,
  me: meReducer,
  people: peopleReducer,
  rooms: roomsReducer,
  members: membersReducer,
  messages: messagesReducer,
  cursors: cursorsReducer,
  outbox: outboxReducer,
  typing: typingReducer,
  presence: presenceReducer,
  readState: readStateReducer,
  settings: settingsReducer,
})

export interface StoreDeps {
  readonly client: Client
  /** This device's copy of the room list and last pages; absent in tests and where the browser forbids storage. */
  readonly cache?: RoomCache
  /** Local clock in milliseconds. */
  readonly now?: () => number
}

/** The app's one store. It listens to the client from here on; `dispatch(restoreSession())` brings it to life. */
export function createStore({ client, cache, now = Date.now }: StoreDeps) {
  const thunkDeps: ThunkDeps = { client, now, ...(cache && { cache }) }
  return configureStore({
    reducer,
    middleware: (defaults) =>
      // The development checks walk every line of every room on each action: seconds in a long room.
      defaults({
        thunk: { extraArgument: thunkDeps },
        serializableCheck: false,
        immutableCheck: false,
      }).concat(createClientListener(thunkDeps)),
  })
}

export type AppStore = ReturnType<typeof createStore>
export type RootState = ReturnType<typeof reducer>
export type AppDispatch = AppStore['dispatch']
