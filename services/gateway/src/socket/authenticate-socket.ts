import { channels, Handshake, protocolVersion } from '@our-now/contracts/socket.ts'
import { AppError, toFailure } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { checkValue } from '@our-now/platform/validation/check-value.ts'
import { v7 as uuidv7 } from 'uuid'
import { createBucket, takeFrom, type Budget } from '../budgets/token-bucket.ts'
import { clientAddress } from '../http/client-address.ts'
import type { VerifyAccessToken } from '../tokens/verify-access-token.ts'
import { closeReplaced } from './close-replaced.ts'
import { socketsIn, type Connection, type GatewayServer, type GatewaySocket } from './connection.ts'

export interface AuthenticateDeps {
  readonly io: GatewayServer
  readonly hub: SocketHub
  readonly verifyAccessToken: VerifyAccessToken
  readonly connects: Budget
  readonly connectionsPerUser: number
  readonly trustProxy: boolean
  readonly log: Logger
}

/** A person whose sockets are all taken is told to come back after this, in ms. */
const fullRetryMs = 10_000

/**
 * Middleware before any handler: a place in the queue, a well-formed handshake, a good token, a free connection.
 * A refusal reaches the client as `connect_error` with our failure in `data`.
 */
export function authenticateSockets(deps: AuthenticateDeps): void {
  const { io, connects } = deps
  const bucket = createBucket(connects, performance.now())

  const authenticate = async (socket: GatewaySocket): Promise<Connection> => {
    const waitMs = takeFrom(bucket, connects, performance.now())
    // Spread, so that a crowd that was refused does not come back as one.
    if (waitMs > 0)
      throw new AppError('overloaded', undefined, { retryAfterMs: waitMs + Math.ceil(Math.random() * 5_000) })
    const handshake = checkValue(Handshake, socket.handshake.auth)
    if (handshake.protocolVersion !== protocolVersion)
      throw new AppError('invalid_request', 'This app is out of date: reload it.', {
        field: '/protocolVersion',
      })
    const { userId, sessionId, isOperator, expiresAtMs } = await deps.verifyAccessToken(handshake.accessToken)
    replace(handshake.previousConnectionId, sessionId)
    if (socketsIn(io, channels.user(userId)).length >= deps.connectionsPerUser)
      throw new AppError('rate_limited', 'Too many windows are open.', { retryAfterMs: fullRetryMs })
    return {
      connectionId: uuidv7(),
      userId,
      sessionId,
      isOperator,
      address: clientAddress(socket.request, deps),
      expiresAtMs,
      isVisible: true,
      watched: [],
      callRoomIds: new Set(),
      callTurn: Promise.resolve(),
      isRevoked: false,
      buckets: new Map(),
    }
  }

  /** The window that comes back says which connection it had: that one is half open and would linger. */
  const replace = (connectionId: string | undefined, sessionId: string): void => {
    if (connectionId === undefined) return
    const replaced = { sessionId, connectionId }
    closeReplaced(io, replaced)
    deps.hub.publish(channels.session(sessionId), 'connection:replaced', replaced)
  }

  const admit = async (socket: GatewaySocket): Promise<Error | undefined> => {
    try {
      socket.data = await authenticate(socket)
      return undefined
    } catch (error) {
      const failure = toFailure(error, deps.log)
      return Object.assign(new Error(failure.message), { data: failure })
    }
  }
  io.use((socket, next) => {
    // `admit` does not reject.
    // oxlint-disable-next-line promise/no-callback-in-promise -- a middleware of Socket.IO has no other way to answer
    void admit(socket).then(next)
  })
}
