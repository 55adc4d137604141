import type { RoomSync } from '@our-now/contracts/chat/heads.ts'
import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import type { CommandReply, CommandRequest, ServerEvent } from '@our-now/contracts/socket.ts'
import type { ClientEvents } from '../client.ts'
import { ClientError } from '../client-error.ts'
import type { Emitter } from '../emitter.ts'
import { jittered, type Timing } from '../timing.ts'
import { createLogTrack, type LogTrack } from './log-track.ts'

/** Rooms of one sync call, as the contract bounds it. */
const roomsPerSync = 200
/** Rooms whose events came before we follow them (the list is still on its way); more are forgotten. */
const maxStrangers = 500

export interface RoomFollowerDeps {
  readonly timing: Timing
  readonly emit: Emitter<ClientEvents>['emit']
  readonly isOnline: () => boolean
  readonly sync: (request: CommandRequest<'room:sync'>) => Promise<CommandReply<'room:sync'>>
}

export interface RoomFollower {
  readonly follow: (rooms: readonly { readonly roomId: string; readonly have: number }[]) => void
  readonly unfollow: (roomId: string) => void
  readonly restart: (roomId: string, have: number) => void
  readonly have: (roomId: string) => number | undefined
  /** A live event. */
  readonly receive: (event: RoomEvent) => void
  /** Heads that the server tells because it dropped pushes. */
  readonly compare: (heads: ServerEvent<'room:heads'>) => void
  /** The room is known to go up to here (an acknowledgement said so). */
  readonly noteHead: (roomId: string, seq: number) => void
  /** A connection is ready: asks for whatever was missed in all rooms. */
  readonly catchUp: () => void
  /** Forgets everything. */
  readonly clear: () => void
}

/**
 * The client's half of gap repair: room events are handed on in order, each once, whatever the pushes do. A hole is
 * given a moment to close by itself and is then asked for; on every connection all rooms are compared.
 */
export function createRoomFollower({ timing, emit, isOnline, sync }: RoomFollowerDeps): RoomFollower {
  const tracks = new Map<string, LogTrack<RoomEvent>>()
  const strangers = new Map<string, LogTrack<RoomEvent>>()
  const behind = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSyncing = false
  let failures = 0
  /** Changes with `clear`: an answer for the person before is not for this one. */
  let epoch = 0

  function handOn(roomId: string, events: readonly RoomEvent[]): void {
    if (events.length > 0) emit('room-events', { roomId, events })
    const track = tracks.get(roomId)
    if (track && track.head() > (track.have() ?? 0)) lag(roomId)
  }

  function lag(roomId: string): void {
    behind.add(roomId)
    plan(timing.holeMs * (1 + Math.random()))
  }

  function plan(ms: number): void {
    if (timer !== undefined || isSyncing || !isOnline()) return
    timer = setTimeout(() => {
      timer = undefined
      void repair()
    }, ms)
  }

  async function repair(): Promise<void> {
    if (isSyncing || !isOnline()) return
    const asked = takeChunk()
    if (asked.length === 0) return
    isSyncing = true
    const mine = epoch
    let waitMs = timing.syncGapMs
    try {
      const reply = await sync({ rooms: asked })
      if (mine !== epoch) return
      // An answer that brings nothing although we are behind is a fault over there: ask more and more slowly.
      if (apply(reply)) failures = 0
      else if (behind.size > 0)
        waitMs = jittered(timing.syncGapMs, timing.retryFirstMs, timing.retryCapMs, failures++)
    } catch (error) {
      if (mine !== epoch) return
      for (const { roomId } of asked) if (tracks.has(roomId)) behind.add(roomId)
      const backoffMs = jittered(timing.syncGapMs, timing.retryFirstMs, timing.retryCapMs, failures)
      waitMs = Math.max(backoffMs, error instanceof ClientError ? (error.retryAfterMs ?? 0) : 0)
      failures += 1
    } finally {
      isSyncing = false
      if (behind.size > 0) plan(waitMs)
    }
  }

  /** The next rooms to ask for, without those that were repaired by pushes meanwhile. */
  function takeChunk(): { roomId: string; have: number }[] {
    const asked: { roomId: string; have: number }[] = []
    for (const roomId of behind) {
      if (asked.length === roomsPerSync) break
      behind.delete(roomId)
      const have = tracks.get(roomId)?.have()
      if (have !== undefined) asked.push({ roomId, have })
    }
    return asked
  }

  /** Answers whether anything moved. */
  function apply(reply: CommandReply<'room:sync'>): boolean {
    const moved = reply.rooms.map(applyRoom)
    for (const roomId of reply.gone) {
      tracks.delete(roomId)
      emit('room-gone', { roomId })
    }
    for (const roomId of reply.rest) if (tracks.has(roomId)) behind.add(roomId)
    return moved.includes(true) || reply.gone.length > 0
  }

  function applyRoom({ roomId, head, cursorRev, events, more, reset }: RoomSync): boolean {
    const track = tracks.get(roomId)
    if (!track) return false
    const before = track.have()
    if (reset) {
      const missed = Math.max(0, head - (track.have() ?? 0))
      const waiting = track.restart(head)
      emit('room-reset', { roomId, head, missed })
      handOn(roomId, waiting)
    } else {
      track.noteHead(head)
      const ready = track.accept(events)
      if (ready.length > 0) emit('room-events', { roomId, events: ready })
      if (more || track.head() > (track.have() ?? 0)) behind.add(roomId)
    }
    emit('cursor-rev', { roomId, cursorRev })
    return reset || track.have() !== before
  }

  return {
    follow: (rooms) => {
      for (const { roomId, have } of rooms) {
        const known = tracks.get(roomId)
        if (known) {
          // Never jumps over events: whoever follows already is brought up to there by a sync.
          known.noteHead(have)
          handOn(roomId, [])
          continue
        }
        const track = strangers.get(roomId) ?? createLogTrack<RoomEvent>()
        strangers.delete(roomId)
        tracks.set(roomId, track)
        handOn(roomId, track.restart(have))
        // Between the answer that said `have` and the subscription something may have happened.
        lag(roomId)
      }
    },
    unfollow: (roomId) => {
      tracks.delete(roomId)
      behind.delete(roomId)
    },
    restart: (roomId, have) => {
      const track = tracks.get(roomId)
      if (track) handOn(roomId, track.restart(have))
    },
    have: (roomId) => tracks.get(roomId)?.have(),
    receive: (event) => {
      const track = tracks.get(event.roomId)
      if (track) return handOn(event.roomId, track.accept([event]))
      const stranger = strangers.get(event.roomId) ?? createLogTrack<RoomEvent>()
      if (strangers.size < maxStrangers) strangers.set(event.roomId, stranger)
      stranger.accept([event])
    },
    compare: ({ rooms }) => {
      for (const { roomId, head, cursorRev } of rooms) {
        const track = tracks.get(roomId)
        if (!track) continue
        track.noteHead(head)
        handOn(roomId, [])
        // Behind us: mostly on its way here still, or a restored backup, which the sync decides by a reset.
        if (head < (track.have() ?? 0)) lag(roomId)
        emit('cursor-rev', { roomId, cursorRev })
      }
    },
    noteHead: (roomId, seq) => {
      tracks.get(roomId)?.noteHead(seq)
      handOn(roomId, [])
    },
    catchUp: () => {
      failures = 0
      clearTimeout(timer)
      timer = undefined
      for (const roomId of tracks.keys()) behind.add(roomId)
      void repair()
    },
    clear: () => {
      epoch += 1
      clearTimeout(timer)
      timer = undefined
      for (const known of [tracks, strangers]) known.clear()
      behind.clear()
    },
  }
}
