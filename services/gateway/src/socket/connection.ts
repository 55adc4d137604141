import type { ServerEvent, ServerEventName } from '@our-now/contracts/socket.ts'
import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import type { Bucket } from '../budgets/token-bucket.ts'

/** One socket of one session, as the gateway knows it. */
export interface Connection {
  readonly connectionId: string
  readonly userId: string
  readonly sessionId: string
  readonly isOperator: boolean
  readonly address: string
  /** When the access token ends that the socket was last shown. */
  expiresAtMs: number
  /** The app is on screen. */
  isVisible: boolean
  /** Friends whose presence the client asked to see, allowed or not. */
  watched: readonly string[]
  /** Rooms in whose call this socket has, or may have, a place: one, but while it changes over. */
  readonly callRoomIds: Set<string>
  /** Its last join or leave; never rejects. */
  callTurn: Promise<void>
  /** The person may no longer use it: its calls end with it. */
  isRevoked: boolean
  /** What is left of the socket's budgets, by budget; made when first used. */
  readonly buckets: Map<string, Bucket>
}

type Pushes = { readonly [N in ServerEventName]: (payload: ServerEvent<N>) => void }

export type GatewaySocket = Socket<DefaultEventsMap, Pushes, DefaultEventsMap, Connection>
export type GatewayServer = Server<DefaultEventsMap, Pushes, DefaultEventsMap, Connection>

/** Sockets of this gateway in a channel. */
export function socketsIn(io: GatewayServer, channel: string): GatewaySocket[] {
  const { adapter, sockets } = io.of('/')
  return [...(adapter.rooms.get(channel) ?? [])].flatMap((id) => sockets.get(id) ?? [])
}

export const hasSockets = (io: GatewayServer, channel: string): boolean =>
  io.of('/').adapter.rooms.has(channel)
