import type {
  CommandName,
  CommandReply,
  CommandRequest,
  ServerEvent,
  ServerEventName,
} from '@our-now/contracts/socket.ts'
import type { ConnectionState } from '../client.ts'
import { ClientError } from '../client-error.ts'
import { jittered, type Timing } from '../timing.ts'
import { openSocket, type ReadySocket } from './open-socket.ts'

export interface ConnectionDeps {
  readonly baseUrl: string
  readonly timing: Timing
  readonly now: () => number
  readonly headers?: Readonly<Record<string, string>>
  readonly accessToken: () => Promise<string>
  readonly renewToken: (expired: string) => Promise<string>
  /** The server ended the session: no further try makes sense. */
  readonly onEnded: () => void
  readonly onState: (state: ConnectionState) => void
  /** A connection is ready: everything that lives on it is said again. */
  readonly onReady: (ready: ServerEvent<'session:ready'>) => void
  readonly onPush: <N extends ServerEventName>(name: N, payload: ServerEvent<N>) => void
}

export interface Connection {
  readonly state: () => ConnectionState
  /** Connects and stays connected until `stop`. */
  readonly start: () => void
  readonly stop: () => void
  readonly retryNow: () => void
  readonly command: <N extends CommandName>(name: N, request: CommandRequest<N>) => Promise<CommandReply<N>>
}

/**
 * Keeps one socket. Reconnects by its own rules: a random first wait so that a crowd does not come back at once,
 * growing to a cap, the server's `retryAfterMs` honoured, at once when the person or the network comes back. When the
 * server drains, the new connection is ready before the old one goes.
 */
export function createConnection(deps: ConnectionDeps): Connection {
  const { timing, now } = deps
  let state: ConnectionState = { state: 'offline' }
  let socket: ReadySocket | undefined
  let isWanted = false
  let failures = 0
  /** Each try has a number; whatever an older one still brings is dropped. */
  let attempt = 0
  let isConnecting = false
  /** The connection that was lost last. */
  let lostConnectionId: string | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let drainTimer: ReturnType<typeof setTimeout> | undefined

  function become(next: ConnectionState): void {
    state = next
    deps.onState(next)
  }

  async function connect(): Promise<void> {
    clearTimeout(retryTimer)
    const mine = (attempt += 1)
    isConnecting = true
    if (!socket) become({ state: 'connecting' })
    try {
      const accessToken = await deps.accessToken()
      const opened = await open(accessToken)
      if (mine !== attempt || !isWanted) return opened.close()
      replace(opened)
    } catch (error) {
      if (mine === attempt && isWanted) failed(error)
    } finally {
      if (mine === attempt) isConnecting = false
    }
  }

  async function open(accessToken: string): Promise<ReadySocket> {
    try {
      return await openWith(accessToken)
    } catch (error) {
      if (!(error instanceof ClientError) || error.code !== 'token_expired') throw error
      return openWith(await deps.renewToken(accessToken))
    }
  }

  async function openWith(accessToken: string): Promise<ReadySocket> {
    const opened = await openSocket({
      baseUrl: deps.baseUrl,
      accessToken,
      // While a draining server is left, the old connection still serves.
      ...(lostConnectionId !== undefined && !socket && { previousConnectionId: lostConnectionId }),
      connectMs: timing.connectMs,
      ackMs: timing.ackMs,
      ...(deps.headers && { headers: deps.headers }),
      onPush: (name, payload) => {
        if (name === 'session:ended') return ended()
        if (name === 'session:drain') return drained(payload as ServerEvent<'session:drain'>)
        deps.onPush(name, payload)
      },
      onClosed: () => {
        if (opened === socket) lost()
      },
    })
    return opened
  }

  function replace(opened: ReadySocket): void {
    const old = socket
    socket = opened
    failures = 0
    become({ state: 'online' })
    deps.onReady(opened.ready)
    // What was asked over the old socket may still be answered there.
    old?.closeWhenIdle()
  }

  function lost(): void {
    lostConnectionId = socket?.ready.connectionId
    socket = undefined
    clearTimeout(drainTimer)
    if (!isWanted) return
    // While a draining server is left, the way to another one is already being made.
    if (isConnecting) become({ state: 'connecting' })
    else wait(jittered(timing.reconnectMinMs, timing.reconnectFirstMs, timing.reconnectCapMs, failures))
  }

  function failed(error: unknown): void {
    const isOurs = error instanceof ClientError
    if (isOurs && (error.code === 'session_ended' || error.code === 'unauthenticated')) return ended()
    failures += 1
    const backoffMs = jittered(
      timing.reconnectMinMs,
      timing.reconnectFirstMs,
      timing.reconnectCapMs,
      failures - 1,
    )
    wait(Math.max(backoffMs, isOurs ? (error.retryAfterMs ?? 0) : 0))
  }

  function wait(ms: number): void {
    if (!socket) become({ state: 'offline', retryAtMs: now() + ms })
    clearTimeout(retryTimer)
    retryTimer = setTimeout(() => void connect(), ms)
  }

  function ended(): void {
    stop()
    deps.onEnded()
  }

  function drained({ afterMs }: ServerEvent<'session:drain'>): void {
    clearTimeout(drainTimer)
    // Spread over the time that is left, so that the others of this server do not come all at once.
    drainTimer = setTimeout(() => void connect(), Math.random() * afterMs * 0.8)
  }

  function stop(): void {
    isWanted = false
    isConnecting = false
    attempt += 1
    clearTimeout(retryTimer)
    clearTimeout(drainTimer)
    socket?.close()
    socket = undefined
    if (state.state !== 'offline' || state.retryAtMs !== undefined) become({ state: 'offline' })
  }

  return {
    state: () => state,
    start: () => {
      if (isWanted) return
      isWanted = true
      failures = 0
      void connect()
    },
    stop,
    retryNow: () => {
      if (isWanted && state.state === 'offline') void connect()
    },
    command: async (name, request) => {
      if (!socket) throw new ClientError({ code: 'unavailable', message: 'Not connected.' })
      // The reply is what the contract promises for this command.
      return (await socket.command(name, request)) as CommandReply<typeof name>
    },
  }
}
