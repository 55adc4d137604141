import { channels } from '@our-now/contracts/socket.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createPeriodic } from '../periodic.ts'
import { hasSockets, type GatewayServer } from '../socket/connection.ts'

/** Knows up to which rev the cursors of open rooms were pushed, and tells sockets that missed a push. */
export interface CursorRevs {
  /** Pushed, or answered to whoever opened the room. */
  note(roomId: string, cursorRev: number): void
  /** The rev that everything was pushed up to; 0 when unknown. */
  get(roomId: string): number
  noteHead(head: { readonly roomId: string; readonly head: number; readonly cursorRev: number }): void
  /** The room's revs may have begun anew: nothing is known of it. */
  forget(roomId: string): void
  stop(): Promise<void>
}

/** A head is ahead of its push by chat's pacing; only what is still missing after this was lost. In ms. */
const graceMs = 1_000

export function createCursorRevs({ io, log }: { io: GatewayServer; log: Logger }): CursorRevs {
  const revs = new Map<string, number>()
  const suspected = new Map<
    string,
    { readonly head: number; readonly cursorRev: number; readonly atMs: number }
  >()
  const periodic = createPeriodic('cursor revs', tellBehind, { intervalMs: graceMs / 4, log })

  function tellBehind(): void {
    const nowMs = performance.now()
    for (const [roomId, { head, cursorRev, atMs }] of suspected) {
      if (nowMs - atMs < graceMs) continue
      suspected.delete(roomId)
      if ((revs.get(roomId) ?? 0) >= cursorRev || !hasSockets(io, channels.openRoom(roomId))) continue
      revs.set(roomId, cursorRev)
      io.local.to(channels.openRoom(roomId)).emit('room:heads', { rooms: [{ roomId, head, cursorRev }] })
    }
    for (const roomId of revs.keys()) if (!hasSockets(io, channels.openRoom(roomId))) revs.delete(roomId)
  }

  periodic.start()
  return {
    get: (roomId) => revs.get(roomId) ?? 0,
    note(roomId, cursorRev) {
      revs.set(roomId, Math.max(cursorRev, revs.get(roomId) ?? 0))
    },
    noteHead({ roomId, head, cursorRev }) {
      if (!hasSockets(io, channels.openRoom(roomId)) || (revs.get(roomId) ?? 0) >= cursorRev) return
      suspected.set(roomId, { head, cursorRev, atMs: suspected.get(roomId)?.atMs ?? performance.now() })
    },
    forget(roomId) {
      revs.delete(roomId)
      suspected.delete(roomId)
    },
    stop: () => periodic.stop(),
  }
}
