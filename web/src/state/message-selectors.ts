import type { OutboxEntry } from '@our-now/client/client.ts'
import { createUnreadCounter, type UnreadCounter } from '@our-now/client/room-view/unread-number.ts'
import type { CursorState } from '@our-now/client/room-view/cursor-state.ts'
import type { Line } from '@our-now/client/room-view/timeline.ts'
import { createSelector } from '@reduxjs/toolkit'
import type { RootState } from './store.ts'

const noLines: readonly Line[] = []
const noEntries: readonly OutboxEntry[] = []
const noTyping: readonly string[] = []

/** The room's lines, oldest first. The same array as long as nothing changed. */
export const selectLines = (state: RootState, roomId: string): readonly Line[] =>
  state.messages.byRoom[roomId]?.timeline.lines ?? noLines

const allEntries = (state: RootState) => state.outbox.entries
const theRoomId = (_state: RootState, roomId: string) => roomId

/** My messages of the room that are on their way or failed, drawn after the lines. None that is already a line. */
export const selectPending = createSelector(
  [allEntries, selectLines, theRoomId],
  (entries, lines, roomId): readonly OutboxEntry[] => {
    const mine = entries.filter((entry) => entry.roomId === roomId)
    if (mine.length === 0) return noEntries
    // The event may come before the acknowledgement: then the line is there and the entry is on its way out.
    const confirmed = new Set(
      lines.slice(-300).map((line) => (line.kind === 'message' ? line.message.clientMessageId : '')),
    )
    return mine.filter((entry) => !confirmed.has(entry.clientMessageId))
  },
)

const counters = new WeakMap<CursorState, UnreadCounter>()

/**
 * The counter of the room's unread numbers: `counter.numberOf(message)`, O(log members). One per cursor state, so that
 * thousands of lines share the sorting. `undefined` until the cursors came.
 */
export function selectUnreadCounter(state: RootState, roomId: string): UnreadCounter | undefined {
  const cursors = state.cursors.byRoom[roomId]
  if (!cursors?.isLoaded) return undefined
  const known = counters.get(cursors)
  if (known) return known
  const counter = createUnreadCounter(cursors)
  counters.set(cursors, counter)
  return counter
}

/** Who is typing in the room, me excluded, longest-typing first. */
export const selectTyping = createSelector(
  [(state: RootState, roomId: string) => state.typing.byRoom[roomId]],
  (people): readonly string[] => (people ? Object.keys(people) : noTyping),
)

export const selectDivider = (state: RootState, roomId: string) => state.readState.byRoom[roomId]
export const selectTimeline = (state: RootState, roomId: string) => state.messages.byRoom[roomId]
