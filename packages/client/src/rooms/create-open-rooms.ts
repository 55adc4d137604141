import type { RoomCursors } from '@our-now/contracts/rooms.ts'
import type { Connection } from '../connection/create-connection.ts'
import { retryableCodes } from '../outbox/send-outcome.ts'
import { codeOf } from '../client-error.ts'
import type { Timing } from '../timing.ts'

export interface OpenRoomsDeps {
  readonly timing: Timing
  readonly now: () => number
  readonly isOnline: () => boolean
  readonly command: Connection['command']
  readonly onCursors: (cursors: RoomCursors) => void
}

export interface OpenRooms {
  readonly open: (roomId: string) => void
  readonly close: (roomId: string) => void
  /** Asks for the cursors anew, soon: at most once per `cursorReloadMs`. */
  readonly reload: (roomId: string) => void
  readonly noteTyping: (roomId: string) => void
  /** A connection is ready: opens everything again. */
  readonly resume: () => void
  readonly clear: () => void
}

/** The rooms on screen: opened again on every connection, their cursors loaded, typing told sparingly. */
export function createOpenRooms({ timing, now, isOnline, command, onCursors }: OpenRoomsDeps): OpenRooms {
  const open = new Map<string, { timer: ReturnType<typeof setTimeout> | undefined; loadedAtMs: number }>()
  const typedAtMs = new Map<string, number>()

  async function load(roomId: string): Promise<void> {
    const room = open.get(roomId)
    if (!room || !isOnline()) return
    clearTimeout(room.timer)
    room.timer = undefined
    room.loadedAtMs = now()
    try {
      const cursors = await command('room:open', { roomId })
      if (open.get(roomId) === room) onCursors(cursors)
    } catch (error) {
      if (retryableCodes.has(codeOf(error))) later(roomId, timing.cursorReloadMs)
    }
  }

  function later(roomId: string, ms: number): void {
    const room = open.get(roomId)
    if (!room || room.timer !== undefined) return
    room.timer = setTimeout(() => {
      room.timer = undefined
      void load(roomId)
    }, ms)
  }

  return {
    open: (roomId) => {
      if (open.has(roomId)) return
      open.set(roomId, { timer: undefined, loadedAtMs: 0 })
      void load(roomId)
    },
    close: (roomId) => {
      const room = open.get(roomId)
      if (!room) return
      clearTimeout(room.timer)
      open.delete(roomId)
      // Not being told ends by itself with the connection: a failure costs some pushes, nothing else.
      if (isOnline()) void command('room:close', { roomId }).catch(() => undefined)
    },
    reload: (roomId) => {
      const room = open.get(roomId)
      if (room) later(roomId, Math.max(0, room.loadedAtMs + timing.cursorReloadMs - now()))
    },
    noteTyping: (roomId) => {
      if (!isOnline() || now() - (typedAtMs.get(roomId) ?? -Infinity) < timing.typingMs) return
      typedAtMs.set(roomId, now())
      void command('typing:start', { roomId }).catch(() => undefined)
    },
    resume: () => {
      for (const roomId of open.keys()) void load(roomId)
    },
    clear: () => {
      for (const room of open.values()) clearTimeout(room.timer)
      open.clear()
      typedAtMs.clear()
    },
  }
}
