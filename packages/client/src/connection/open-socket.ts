import type { CommandName, ServerEvent, ServerEventName } from '@our-now/contracts/socket.ts'
import type { Failure, Reply } from '@our-now/contracts/errors.ts'
import { io } from 'socket.io-client'
import { ClientError } from '../client-error.ts'
import { isRecord } from '../http/send-request.ts'

/** Must be the contract's `protocolVersion`; a test holds them equal. */
export const protocolVersion = 1

export interface SocketDeps {
  readonly baseUrl: string
  readonly accessToken: string
  /** The connection that this one replaces: half open perhaps, and closed by the server at once. */
  readonly previousConnectionId?: string
  readonly connectMs: number
  readonly ackMs: number
  /** Extra headers; only outside of browsers (an origin for a bot). */
  readonly headers?: Readonly<Record<string, string>>
  readonly onPush: <N extends ServerEventName>(name: N, payload: ServerEvent<N>) => void
  /** Once, when a socket that was ready has gone. */
  readonly onClosed: () => void
}

/** One connected socket, ready for commands. */
export interface ReadySocket {
  readonly ready: ServerEvent<'session:ready'>
  /**
   * Answers the reply's value; throws `ClientError`. Without an answer `timeout`: the outcome is unknown, and the
   * socket is given up.
   */
  command(name: CommandName, request: unknown): Promise<unknown>
  close(): void
  /** Closes as soon as nothing that was asked here waits for its answer. */
  closeWhenIdle(): void
}

/**
 * Connects (websocket only) and waits for `session:ready`. Rejects with the server's code, or `unavailable` when it was
 * not reached in time. Nothing is retried in here.
 */
export function openSocket(deps: SocketDeps): Promise<ReadySocket> {
  const { accessToken, previousConnectionId, connectMs, ackMs, onPush, onClosed } = deps
  const options = {
    transports: ['websocket'],
    auth: {
      accessToken,
      protocolVersion,
      ...(previousConnectionId !== undefined && { previousConnectionId }),
    },
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    timeout: connectMs,
    ...(deps.headers && { extraHeaders: { ...deps.headers } }),
  }
  // Without an address Socket.IO takes the page's own.
  const socket = deps.baseUrl === '' ? io(options) : io(deps.baseUrl, options)

  return new Promise((resolve, reject) => {
    let isReady = false
    let asked = 0
    let isLeft = false
    const close = () => {
      socket.removeAllListeners()
      socket.offAny()
      socket.disconnect()
    }
    const closeIfIdle = () => {
      if (isLeft && asked === 0) close()
    }
    const timer = setTimeout(() => fail(new ClientError(notReached)), connectMs)
    const fail = (error: ClientError) => {
      clearTimeout(timer)
      socket.disconnect()
      reject(error)
    }
    socket.on('connect_error', (error) => fail(new ClientError(toFailure(error))))
    socket.on('disconnect', () => (isReady ? onClosed() : fail(new ClientError(notReached))))
    socket.onAny((name: ServerEventName, payload: unknown) => {
      // Each push has its contract's form; the server is the trusted side.
      if (name !== 'session:ready') return onPush(name, payload as never)
      if (isReady) return
      isReady = true
      clearTimeout(timer)
      resolve({
        ready: payload as ServerEvent<'session:ready'>,
        command: async (command, request) => {
          if (!socket.connected) throw new ClientError(notReached)
          // Socket.IO rejects without an answer: on our deadline, or because the socket closed.
          asked += 1
          const reply: unknown = await socket
            .timeout(ackMs)
            .emitWithAck(command, request)
            .catch(() => {
              // A server that is well answers in its own, shorter time, if only with a refusal. This line is dead, and
              // the heartbeat would need most of a minute to say so.
              socket.disconnect()
              throw new ClientError({ code: 'timeout', message: 'No answer in time.' })
            })
            .finally(() => {
              asked -= 1
              closeIfIdle()
            })
          return unwrap(reply)
        },
        close,
        closeWhenIdle: () => {
          isLeft = true
          closeIfIdle()
        },
      })
    })
    socket.connect()
  })
}

const notReached: Failure = { code: 'unavailable', message: 'The server was not reached.' }

/** The acknowledgement's value; its failure as an error. Our own server keeps to the form. */
function unwrap(reply: unknown): unknown {
  const answer = reply as Reply<unknown>
  if (answer.ok) return answer.value
  throw new ClientError(answer.failure)
}

/** A refused handshake carries our failure in `data`; everything else is a server that was not reached. */
function toFailure(error: Error): Failure {
  const data = 'data' in error ? error.data : undefined
  const failure = isRecord(data) && isRecord(data['failure']) ? data['failure'] : data
  if (!isRecord(failure) || typeof failure['code'] !== 'string') return notReached
  // Codes come from our own server; an unknown one is handled like any failure.
  return failure as unknown as Failure
}
