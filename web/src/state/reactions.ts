import type { ThunkDeps, ThunkDispatcher } from './app-thunk.ts'
import { isLooking } from './attention.ts'
import { keepHome, keepPage } from './cache/keep-cache.ts'
import { connectionChanged } from './connection-slice.ts'
import { cursorsAwaited, cursorsLoaded, cursorsMoved } from './cursors-slice.ts'
import { roomEventsReceived, roomGone, roomWasReset, userEventsReceived } from './log-actions.ts'
import { loadPage } from './message-thunks.ts'
import { pageLoaded } from './messages-slice.ts'
import { loadFriends, loadMe, openApp, reloadAll, reloadRoom } from './open-app.ts'
import { friendsLoaded } from './people-slice.ts'
import { attentionChanged, roomLeft } from './read-state-slice.ts'
import { markReadIfLooking } from './reading.ts'
import { roomListCompleted } from './rooms-slice.ts'
import { signedIn, signedOut } from './session-slice.ts'
import type { RootState } from './store.ts'
import { typingExpired, typingStarted } from './typing-slice.ts'

/** Typing is swept this often while somebody types. */
const typingSweepMs = 1_000
/** What this device keeps is written so soon after a change, together with what else changes meanwhile … */
const keepSoonMs = 300
/** … and at most this often. */
const keepAgainMs = 2_000

/**
 * What follows from what happened: signing in loads the app, a reset loads anew, new lines in a room that is looked at
 * move the read cursor. Kept apart from the reducers, which only note what happened.
 */
export function createReactions(deps: ThunkDeps, dispatch: ThunkDispatcher, getState: () => RootState) {
  const { client, cache, now } = deps
  let typingTimer: ReturnType<typeof setTimeout> | undefined
  let keepTimer: ReturnType<typeof setTimeout> | undefined
  let keptAtMs = -Infinity

  /** Failures of what nobody waits for show in the slices' status; the next connection tries again. */
  const inBackground = (work: Promise<unknown>) => void work.catch(() => undefined)

  function sweepTyping(): void {
    typingTimer ??= setTimeout(() => {
      typingTimer = undefined
      dispatch(typingExpired({ nowMs: now() }))
      if (Object.keys(getState().typing.byRoom).length > 0) sweepTyping()
    }, typingSweepMs)
  }

  function keepSoon(): void {
    if (cache) keepTimer ??= setTimeout(keepNow, Math.max(keepSoonMs, keptAtMs + keepAgainMs - now()))
  }

  /** The list, and the open room: the next start may be without a network. */
  function keepNow(): void {
    clearTimeout(keepTimer)
    keepTimer = undefined
    const state = getState()
    if (!cache || state.session.status !== 'signed-in') return
    keptAtMs = now()
    inBackground(keepHome(cache, state))
    const { openRoomId } = state.readState
    if (openRoomId !== undefined) inBackground(keepPage(cache, state.messages.byRoom[openRoomId], now()))
  }

  function reloadStaleCursors(roomId: string): void {
    if (getState().cursors.byRoom[roomId]?.isStale) client.rooms.reloadCursors(roomId)
  }

  function resetRoom(roomId: string, head: number): void {
    inBackground(dispatch(reloadRoom(roomId)))
    if (getState().readState.openRoomId !== roomId) return
    dispatch(cursorsAwaited({ roomId, liveSeq: head }))
    client.rooms.reloadCursors(roomId)
    inBackground(dispatch(loadPage(roomId, { kind: 'newest' })))
  }

  /** What failed while there was no connection is asked for again. */
  function cameOnline(): void {
    const { session, rooms, people, me, readState, messages } = getState()
    if (session.status !== 'signed-in') return
    if (rooms.status === 'failed') inBackground(dispatch(reloadAll()))
    else if (rooms.status === 'ready') {
      if (people.status === 'failed') inBackground(dispatch(loadFriends()))
      if (!me.profile) inBackground(dispatch(loadMe()))
    }
    const { openRoomId } = readState
    const hasFailed = openRoomId !== undefined && messages.byRoom[openRoomId]?.failure !== undefined
    if (hasFailed) inBackground(dispatch(loadPage(openRoomId, { kind: 'newest' })))
  }

  /** My own log: rooms that came are followed, rooms that went are forgotten. */
  function followMyRooms({ payload }: ReturnType<typeof userEventsReceived>): void {
    for (const event of payload.events) {
      if (event.kind === 'room-joined')
        client.rooms.follow([{ roomId: event.room.roomId, have: event.room.head }])
      if (event.kind === 'room-left') client.rooms.unfollow(event.roomId)
    }
  }

  return {
    userReset: () => inBackground(dispatch(reloadAll())),
    cursorRevTold: (roomId: string, cursorRev: number) => {
      const known = getState().cursors.byRoom[roomId]
      if (known?.isLoaded && known.cursorRev !== cursorRev) client.rooms.reloadCursors(roomId)
    },
    /** Called after every action with the state from before it. */
    after: (action: unknown, before: RootState) => {
      if (signedIn.match(action)) inBackground(dispatch(openApp(action.payload.account.userId)))
      else if (signedOut.match(action)) {
        clearTimeout(keepTimer)
        keepTimer = undefined
        keptAtMs = -Infinity
        if (before.session.status === 'signed-in') inBackground(cache?.clear() ?? Promise.resolve())
      } else if (userEventsReceived.match(action)) {
        followMyRooms(action)
        keepSoon()
      } else if (roomEventsReceived.match(action)) {
        const { roomId } = action.payload
        if (roomId === getState().readState.openRoomId) dispatch(markReadIfLooking())
        reloadStaleCursors(roomId)
        keepSoon()
      } else if (roomListCompleted.match(action) || friendsLoaded.match(action)) keepSoon()
      else if (pageLoaded.match(action)) {
        dispatch(markReadIfLooking())
        keepSoon()
      } else if (roomWasReset.match(action)) resetRoom(action.payload.roomId, action.payload.head)
      else if (roomGone.match(action)) client.rooms.unfollow(action.payload.roomId)
      else if (attentionChanged.match(action)) {
        if (!action.payload.isLooking) keepNow()
        else if (isLooking()) dispatch(markReadIfLooking())
      } else if (cursorsMoved.match(action) || cursorsLoaded.match(action))
        reloadStaleCursors(action.payload.roomId)
      else if (connectionChanged.match(action)) {
        if (action.payload.state === 'online' && before.connection.state !== 'online') cameOnline()
      } else if (typingStarted.match(action)) sweepTyping()
      else if (roomLeft.match(action) && cache)
        inBackground(keepPage(cache, before.messages.byRoom[action.payload], now()))
    },
  }
}
