import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { moveCursors } from './move-cursors.ts'
import { createPacer } from './pacer.ts'

interface Mover {
  readonly userId: string
  readonly seq: number
  readonly resolve: (readSeq: number) => void
  readonly reject: (error: unknown) => void
}

export interface MoveReadCursorDeps {
  readonly writer: RoomWriter
  /** Moves of one room are written together, at most every so many ms. */
  readonly coalesceMs: number
  /** Most moves that may wait in all. */
  readonly maxWaiting: number
}

/**
 * Read cursors change far more often than anything else, so the moves of one room within a moment are written in one
 * statement. The first is written at once; every answer waits for its own commit.
 */
export function createReadCursorMover({ writer, coalesceMs, maxWaiting }: MoveReadCursorDeps): {
  readonly moveReadCursor: ChatApi['moveReadCursor']
  readonly stop: () => Promise<void>
} {
  const waiting = new Map<string, Mover[]>()
  let waitingCount = 0
  let isStopped = false
  const pacer = createPacer(coalesceMs, flush)

  async function flush(roomId: string): Promise<void> {
    const movers = take(roomId)
    if (movers.length === 0) return
    const wanted = highestByUser(movers)
    try {
      const reached = await writer.run({
        roomId,
        memberIds: [...wanted.keys()],
        bytes: wanted.size * 200,
        run: (room) => moveCursors(room, wanted),
      })
      for (const { userId, resolve, reject } of movers) {
        const readSeq = reached.get(userId)
        if (readSeq === undefined) reject(new AppError('room_not_found'))
        else resolve(readSeq)
      }
    } catch (error) {
      for (const { reject } of movers) reject(error)
    }
  }

  function take(roomId: string): Mover[] {
    const movers = waiting.get(roomId) ?? []
    waiting.delete(roomId)
    waitingCount -= movers.length
    return movers
  }

  return {
    async moveReadCursor(context, { roomId, seq }) {
      const userId = requireUser(context)
      if (waitingCount >= maxWaiting) throw new AppError('overloaded', undefined, { retryAfterMs: 1_000 })
      if (isStopped) throw new AppError('unavailable', undefined, { retryAfterMs: 1_000 })
      const { promise, resolve, reject } = Promise.withResolvers<number>()
      const movers = waiting.get(roomId) ?? []
      movers.push({ userId, seq, resolve, reject })
      waiting.set(roomId, movers)
      waitingCount += 1
      pacer.touch(roomId)
      return { readSeq: await promise }
    },

    async stop() {
      isStopped = true
      await pacer.stop()
      await Promise.all([...waiting.keys()].map(flush))
    },
  }
}

function highestByUser(movers: readonly Mover[]): Map<string, number> {
  const wanted = new Map<string, number>()
  for (const { userId, seq } of movers) wanted.set(userId, Math.max(seq, wanted.get(userId) ?? 0))
  return wanted
}
