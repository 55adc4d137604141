import type { CursorsMoved } from '@our-now/contracts/rooms.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import { namedCursorLimit, type CursorMove } from './cursor-move.ts'
import { createPacer } from './pacer.ts'

/** Most moves in one push; the contract's limit. */
const maxMoves = 200

interface Pending {
  readonly fromRev: number
  cursorRev: number
  isHistogram: boolean
  isReset: boolean
  readonly moves: Map<string, CursorMove>
}

/** Tells the sockets that have a room open how its cursors moved. */
export interface CursorPusher {
  /** Takes over what a committed transaction moved; pushed now or with the next push of the room. */
  note(room: LockedRoom): void
  stop(): Promise<void>
}

/** @param intervalMs  Least time between two pushes of one room. */
export function createCursorPusher({
  hub,
  intervalMs,
}: {
  hub: SocketHub
  intervalMs: number
}): CursorPusher {
  const pending = new Map<string, Pending>()
  const pacer = createPacer(intervalMs, (roomId) => {
    const moved = pending.get(roomId)
    pending.delete(roomId)
    if (moved !== undefined) hub.publish(channels.openRoom(roomId), 'cursors:moved', toPush(roomId, moved))
  })

  return {
    note(room) {
      if (room.cursorMoves.length === 0 && !room.areCursorsReset) return
      const { cursor_rev: cursorRev, member_count: memberCount } = room.get()
      const moved = pending.get(room.roomId) ?? aPending(room.fromCursorRev, room.fromCursorRev)
      // Another replica moved one in between: a push over it would make its own, which comes later, look old.
      if (moved.cursorRev !== room.fromCursorRev) moved.isReset = true
      moved.cursorRev = cursorRev
      moved.isHistogram = memberCount > namedCursorLimit
      moved.isReset ||= room.areCursorsReset
      for (const move of room.cursorMoves) {
        const earlier = moved.moves.get(move.userId)
        moved.moves.set(move.userId, { ...move, from: earlier?.from ?? move.from })
      }
      pending.set(room.roomId, moved)
      pacer.touch(room.roomId)
    },
    stop: () => pacer.stop(),
  }
}

const aPending = (fromRev: number, cursorRev: number): Pending => ({
  fromRev,
  cursorRev,
  isHistogram: false,
  isReset: false,
  moves: new Map(),
})

function toPush(roomId: string, { fromRev, cursorRev, isHistogram, isReset, moves }: Pending): CursorsMoved {
  const told = isHistogram
    ? toBuckets(moves.values())
    : [...moves.values()].map((move) => ({ ...move, count: 1 }))
  // Starting from a rev that nobody has yet makes every client fetch.
  if (isReset || told.length > maxMoves) return { roomId, cursorRev, fromRev: cursorRev, moves: [] }
  return { roomId, cursorRev, fromRev, moves: told }
}

/** Moves without names: how many went from where to where. */
function toBuckets(moves: Iterable<CursorMove>): CursorsMoved['moves'] {
  const buckets = new Map<string, CursorsMoved['moves'][number]>()
  for (const { joinedSeq, from, to } of moves) {
    const key = `${joinedSeq}:${from}:${to}`
    const count = (buckets.get(key)?.count ?? 0) + 1
    buckets.set(key, { joinedSeq, from, to, count })
  }
  return [...buckets.values()]
}
