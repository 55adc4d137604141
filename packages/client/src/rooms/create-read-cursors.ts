import type { CommandReply, CommandRequest } from '@our-now/contracts/socket.ts'
import { jittered, type Timing } from '../timing.ts'
import { toSendOutcome } from '../outbox/send-outcome.ts'

export interface ReadCursorsDeps {
  readonly timing: Timing
  readonly isOnline: () => boolean
  readonly move: (request: CommandRequest<'cursor:move'>) => Promise<CommandReply<'cursor:move'>>
}

export interface ReadCursors {
  /** I have read up to `seq`; lower than before changes nothing. */
  readonly markRead: (roomId: string, seq: number) => void
  /** A connection is ready: says again what was not acknowledged. */
  readonly resume: () => void
  readonly clear: () => void
}

interface RoomCursor {
  wanted: number
  acknowledged: number
  isMoving: boolean
  failures: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Moves of one's own read cursors: only up, at most one a second and room, until the server has it. */
export function createReadCursors({ timing, isOnline, move }: ReadCursorsDeps): ReadCursors {
  const cursors = new Map<string, RoomCursor>()

  async function push(roomId: string, cursor: RoomCursor): Promise<void> {
    if (cursor.isMoving || cursor.timer !== undefined || cursor.wanted <= cursor.acknowledged || !isOnline())
      return
    cursor.isMoving = true
    const seq = cursor.wanted
    let waitMs = timing.cursorGapMs
    try {
      await move({ roomId, seq })
      cursor.acknowledged = Math.max(cursor.acknowledged, seq)
      cursor.failures = 0
    } catch (error) {
      const outcome = toSendOutcome(error)
      // Not a member any more, or a position that makes no sense: saying it again changes nothing.
      if (outcome.kind === 'failed') cursor.acknowledged = seq
      const backoffMs = jittered(timing.cursorGapMs, timing.retryFirstMs, timing.retryCapMs, cursor.failures)
      waitMs = Math.max(backoffMs, outcome.kind === 'retry' ? outcome.waitAtLeastMs : 0)
      cursor.failures += 1
    } finally {
      cursor.isMoving = false
    }
    if (cursors.get(roomId) !== cursor) return
    cursor.timer = setTimeout(() => {
      cursor.timer = undefined
      void push(roomId, cursor)
    }, waitMs)
  }

  return {
    markRead: (roomId, seq) => {
      const known = cursors.get(roomId)
      const cursor = known ?? { wanted: 0, acknowledged: 0, isMoving: false, failures: 0, timer: undefined }
      if (!known) cursors.set(roomId, cursor)
      if (seq <= cursor.wanted) return
      cursor.wanted = seq
      void push(roomId, cursor)
    },
    resume: () => {
      for (const [roomId, cursor] of cursors) {
        clearTimeout(cursor.timer)
        cursor.timer = undefined
        void push(roomId, cursor)
      }
    },
    clear: () => {
      for (const cursor of cursors.values()) clearTimeout(cursor.timer)
      cursors.clear()
    },
  }
}
