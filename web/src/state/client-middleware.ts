import type { Client, ClientEventName, ClientEvents } from '@our-now/client/client.ts'
import type { Middleware } from '@reduxjs/toolkit'
import type { ThunkDeps, ThunkDispatcher } from './app-thunk.ts'
import { watchAttention } from './attention.ts'
import { connectionChanged } from './connection-slice.ts'
import { cursorsLoaded, cursorsMoved } from './cursors-slice.ts'
import { roomEventsReceived, roomGone, roomWasReset, userEventsReceived } from './log-actions.ts'
import { outboxChanged, storageLost } from './outbox-slice.ts'
import { presenceChanged } from './presence-slice.ts'
import { attentionChanged } from './read-state-slice.ts'
import { createReactions } from './reactions.ts'
import { signedIn, signedOut } from './session-slice.ts'
import type { RootState } from './store.ts'
import { typingStarted } from './typing-slice.ts'

/** A typing signal ends by itself after this. */
const typingLastsMs = 5_000

type Handlers = { readonly [N in ClientEventName]?: (payload: ClientEvents[N]) => void }

/**
 * Where the client meets the store: each thing that it tells becomes an action, in the order it was told, and
 * `reactions` then do what follows from it. Nothing else listens to the client.
 */
export function createClientListener(deps: ThunkDeps): Middleware<unknown, RootState, ThunkDispatcher> {
  const { client, now } = deps
  return (store) => {
    const dispatch: ThunkDispatcher = store.dispatch.bind(store)
    const getState = () => store.getState()
    const react = createReactions(deps, dispatch, getState)
    const myUserId = () => client.session.current()?.account.userId ?? ''
    const handlers: Handlers = {
      'session-changed': (change) => {
        if (change.status === 'signed-in') dispatch(signedIn(change.session))
        else dispatch(signedOut({ reason: change.reason }))
      },
      'connection-changed': (state) => dispatch(connectionChanged(state)),
      'room-events': ({ roomId, events }) =>
        dispatch(roomEventsReceived({ roomId, events, myUserId: myUserId() })),
      'room-reset': (reset) => dispatch(roomWasReset(reset)),
      'room-gone': (gone) => dispatch(roomGone(gone)),
      'user-events': ({ events }) => dispatch(userEventsReceived({ events })),
      'user-reset': () => react.userReset(),
      'cursors-loaded': (cursors) => dispatch(cursorsLoaded(cursors)),
      'cursors-moved': (moved) => dispatch(cursorsMoved(moved)),
      'cursor-rev': ({ roomId, cursorRev }) => react.cursorRevTold(roomId, cursorRev),
      'outbox-changed': ({ entries }) => dispatch(outboxChanged(entries)),
      'storage-failed': () => dispatch(storageLost()),
      'typing-started': ({ roomId, userId }) => {
        if (getState().people.blocks[userId]) return
        dispatch(typingStarted({ roomId, userId, expiresAtMs: now() + typingLastsMs }))
      },
      'presence-changed': (state) => dispatch(presenceChanged(state)),
    }
    listen(client, handlers)
    // In a page: whether somebody looks at it decides about reading.
    if (typeof document !== 'undefined')
      watchAttention((isLooking) => dispatch(attentionChanged({ isLooking })))
    return (next) => (action) => {
      const before = getState()
      const result = next(action)
      react.after(action, before)
      return result
    }
  }
}

function listen(client: Client, handlers: Handlers): void {
  for (const [name, handler] of Object.entries(handlers)) {
    // The table pairs each name with its own handler; taken apart, the pair's type is lost.
    client.on(name as ClientEventName, handler as (payload: ClientEvents[ClientEventName]) => void)
  }
}
