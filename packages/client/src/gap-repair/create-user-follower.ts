import type { CommandReply, CommandRequest } from '@our-now/contracts/socket.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { ClientEvents } from '../client.ts'
import { ClientError } from '../client-error.ts'
import type { Emitter } from '../emitter.ts'
import { jittered, type Timing } from '../timing.ts'
import { createLogTrack } from './log-track.ts'

export interface UserFollowerDeps {
  readonly timing: Timing
  readonly emit: Emitter<ClientEvents>['emit']
  readonly isOnline: () => boolean
  readonly sync: (request: CommandRequest<'user:sync'>) => Promise<CommandReply<'user:sync'>>
}

export interface UserFollower {
  readonly follow: (have: number) => void
  readonly restart: (have: number) => void
  readonly have: () => number | undefined
  readonly receive: (event: UserEvent) => void
  /** A connection is ready and says where the log stands. */
  readonly catchUp: (userHead: number) => void
  readonly clear: () => void
}

/** Gap repair for one's own log: the same rules as for rooms, for a single log. */
export function createUserFollower({ timing, emit, isOnline, sync }: UserFollowerDeps): UserFollower {
  let track = createLogTrack<UserEvent>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSyncing = false
  let failures = 0
  /** The server's head is below ours (a restored backup): it decides by a reset. */
  let isDoubtful = false

  function handOn(events: readonly UserEvent[]): void {
    if (events.length > 0) emit('user-events', { events })
    if (isBehind()) plan(timing.holeMs * (1 + Math.random()))
  }

  const isBehind = () => {
    const have = track.have()
    return have !== undefined && (isDoubtful || track.head() > have)
  }

  function plan(ms: number): void {
    if (timer !== undefined || isSyncing || !isOnline()) return
    timer = setTimeout(() => {
      timer = undefined
      void repair()
    }, ms)
  }

  async function repair(): Promise<void> {
    const have = track.have()
    if (isSyncing || have === undefined || !isBehind() || !isOnline()) return
    isSyncing = true
    const mine = track
    let waitMs = timing.syncGapMs
    try {
      const { head, events, reset } = await sync({ have })
      failures = 0
      if (mine !== track) return
      isDoubtful = false
      if (reset) {
        const waiting = track.restart(head)
        emit('user-reset', { head })
        handOn(waiting)
      } else {
        track.noteHead(head)
        const ready = track.accept(events)
        if (ready.length > 0) emit('user-events', { events: ready })
      }
    } catch (error) {
      const backoffMs = jittered(timing.syncGapMs, timing.retryFirstMs, timing.retryCapMs, failures)
      waitMs = Math.max(backoffMs, error instanceof ClientError ? (error.retryAfterMs ?? 0) : 0)
      failures += 1
    } finally {
      isSyncing = false
      if (isBehind()) plan(waitMs)
    }
  }

  return {
    follow: (have) => {
      if (track.have() === undefined) return handOn(track.restart(have))
      track.noteHead(have)
      handOn([])
    },
    restart: (have) => handOn(track.restart(have)),
    have: () => track.have(),
    receive: (event) => handOn(track.accept([event])),
    catchUp: (userHead) => {
      failures = 0
      isDoubtful = userHead < (track.have() ?? 0)
      track.noteHead(userHead)
      clearTimeout(timer)
      timer = undefined
      void repair()
    },
    clear: () => {
      clearTimeout(timer)
      timer = undefined
      isDoubtful = false
      track = createLogTrack<UserEvent>()
    },
  }
}
