import type { Socket } from 'socket.io'
import type { Clock } from '../clock/clock.ts'
import { countWaitingBytes, terminate } from './socket-internals.ts'
import type { AttachOptions } from './socket-hub.ts'

const sweepMs = 250

/** Keeps what waits for each socket bounded. Sockets that keep up cost nothing here. */
export interface SendBuffers {
  /** Counts `events` more with `bytes`. @returns false when they must not be pushed: the socket lags. */
  mayPush(socket: Socket, events: number, bytes: number): boolean
  stop(): void
}

interface Backlog {
  readonly socket: Socket
  /** Pushes since the socket last had nothing waiting. */
  events: number
  laggingSinceMs: number | undefined
}

type SendBufferOptions = Pick<
  AttachOptions,
  'maxWaitingEvents' | 'maxWaitingBytes' | 'maxLagMs' | 'onCaughtUp' | 'onTooSlow'
>

/**
 * Engine.IO's own buffer has no end. Here a socket over its bound is marked as lagging and gets no pushes until it has
 * read everything (`onCaughtUp`); one that lags for too long is cut (`onTooSlow`).
 */
export function createSendBuffers(clock: Clock, options: SendBufferOptions = {}): SendBuffers {
  const { maxWaitingEvents = 256, maxWaitingBytes = 1024 * 1024, maxLagMs = 30_000 } = options
  const backlogs = new Map<string, Backlog>()
  let sweeper: NodeJS.Timeout | undefined

  const sweep = (): void => {
    for (const [id, backlog] of backlogs) {
      if (!backlog.socket.connected) backlogs.delete(id)
      else if (countWaitingBytes(backlog.socket) === 0) {
        backlogs.delete(id)
        if (backlog.laggingSinceMs !== undefined) options.onCaughtUp?.(backlog.socket)
      } else if (backlog.laggingSinceMs !== undefined && clock.now() - backlog.laggingSinceMs >= maxLagMs) {
        backlogs.delete(id)
        terminate(backlog.socket)
        options.onTooSlow?.(backlog.socket)
      }
    }
    if (backlogs.size === 0) stop()
  }
  const stop = (): void => {
    clearInterval(sweeper)
    sweeper = undefined
  }
  const watch = (socket: Socket): Backlog => {
    const backlog: Backlog = { socket, events: 0, laggingSinceMs: undefined }
    backlogs.set(socket.id, backlog)
    sweeper ??= setInterval(sweep, sweepMs).unref()
    return backlog
  }

  return {
    mayPush(socket, events, bytes) {
      const known = backlogs.get(socket.id)
      const waiting = countWaitingBytes(socket)
      if (waiting === 0 && known?.laggingSinceMs === undefined) {
        if (known !== undefined) known.events = 0
        return true
      }
      const backlog = known ?? watch(socket)
      if (backlog.laggingSinceMs !== undefined) return false
      backlog.events += events
      if (backlog.events <= maxWaitingEvents && waiting + bytes <= maxWaitingBytes) return true
      backlog.laggingSinceMs = clock.now()
      return false
    },
    stop,
  }
}
