import type { AppTell } from './app-thunk.ts'
import { isLooking } from './attention.ts'
import { ownCursorMoved } from './cursors-slice.ts'
import { readMarked } from './rooms-slice.ts'

/**
 * The reading rule: the cursor moves only if the room is open, the page is visible and focused, and the events were
 * received; then it goes to the last received, wherever the scroll is. Never by a push, a list preview or a peek.
 * Answers the seq to mark, or `undefined`.
 */
export function seqToMark(at: {
  readonly openRoomId: string | undefined
  readonly isLooking: boolean
  /** The lines of the open room were loaded: without lines nothing was received that could be read. */
  readonly hasLines: boolean
  readonly receivedSeq: number | undefined
  readonly readSeq: number
}): number | undefined {
  if (at.openRoomId === undefined || !at.isLooking || !at.hasLines || at.receivedSeq === undefined)
    return undefined
  return at.receivedSeq > at.readSeq ? at.receivedSeq : undefined
}

/** Applies the rule to the open room. Called when lines come, when the page is looked at again, when a room opens. */
export const markReadIfLooking =
  (): AppTell =>
  (dispatch, getState, { client }) => {
    const state = getState()
    const roomId = state.readState.openRoomId
    const room = roomId === undefined ? undefined : state.rooms.rooms[roomId]
    if (roomId === undefined || !room || state.session.status !== 'signed-in') return
    const seq = seqToMark({
      openRoomId: roomId,
      isLooking: isLooking(),
      hasLines: state.messages.byRoom[roomId]?.status === 'ready',
      receivedSeq: client.rooms.have(roomId),
      readSeq: room.membership.readSeq,
    })
    if (seq === undefined) return
    dispatch(readMarked({ roomId, seq }))
    dispatch(ownCursorMoved({ roomId, userId: state.session.account.userId, seq }))
    client.rooms.markRead(roomId, seq)
  }
