import { Type, type Static, type TSchema } from 'typebox'
import { chatContract } from './chat.ts'
import { ConnectionId, Count, Empty, Instant, RoomId, Seq, UserId } from './ids.ts'
import { CallChanged, CallEvent, CallKnocked, mediaContract } from './media.ts'
import { PresenceState } from './presence.ts'
import { CursorsMoved, RoomEvent } from './rooms.ts'
import { UserEvent } from './user-events.ts'

const strict = { additionalProperties: false } as const

/** Raised when an older client could no longer follow; sent in the handshake. */
export const protocolVersion = 1

/** What a client puts into Socket.IO's `auth` payload. Never in the URL: addresses end up in logs. */
export const Handshake = Type.Object(
  {
    accessToken: Type.String({ minLength: 1, maxLength: 2048 }),
    protocolVersion: Type.Integer({ minimum: 1, maximum: 1000 }),
    /** The connection that this one replaces, of the same session: it may be half open and is closed at once. */
    previousConnectionId: Type.Optional(ConnectionId),
  },
  strict,
)

interface CommandContract {
  readonly summary: string
  readonly request: TSchema
  readonly reply: TSchema
}

const viaChat = <O extends keyof typeof chatContract>(operation: O): (typeof chatContract)[O] =>
  chatContract[operation]
const viaMedia = <O extends keyof typeof mediaContract>(operation: O): (typeof mediaContract)[O] =>
  mediaContract[operation]

/** Commands: client to server, each acknowledged once with `Reply`. */
export const clientEvents = {
  'auth:refresh': {
    summary: 'Hands the socket a newer access token before the old one ends.',
    request: Type.Object({ accessToken: Type.String({ minLength: 1, maxLength: 2048 }) }, strict),
    reply: Type.Object({ expiresAt: Instant }, strict),
  },
  'message:send': viaChat('sendMessage'),
  'room:sync': viaChat('syncRooms'),
  'user:sync': viaChat('syncUser'),
  'cursor:move': viaChat('moveReadCursor'),
  'room:open': {
    summary: 'The room is on screen: cursors and typing of it are pushed from now on. Answers the cursors.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: chatContract.listCursors.reply,
  },
  'room:close': {
    summary: 'The room is no longer on screen.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: Empty,
  },
  'typing:start': {
    summary: 'The person is typing (at most every 3 s; ends by itself after 5 s). Ignored in rooms over 50.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: Empty,
  },
  'presence:set-visible': {
    summary: 'The app is on screen (online) or in the background (away).',
    request: Type.Object({ isVisible: Type.Boolean() }, strict),
    reply: Empty,
  },
  'presence:watch': {
    summary: 'The friends now on screen, replacing the earlier list. Answers the states that may be seen.',
    request: Type.Object({ userIds: Type.Array(UserId, { maxItems: 200, uniqueItems: true }) }, strict),
    reply: Type.Object({ states: Type.Array(PresenceState, { maxItems: 200 }) }, strict),
  },
  'lobby:wait': viaChat('waitInLobby'),
  'lobby:leave': viaChat('leaveLobby'),
  'lobby:list': viaChat('listLobby'),
  'lobby:answer': viaChat('answerLobby'),
  'call:get': viaMedia('getCall'),
  'call:list': viaMedia('listCalls'),
  'call:decline': viaMedia('declineCall'),
  'call:join': viaMedia('joinCall'),
  'call:connect': viaMedia('connectTransport'),
  'call:restart-ice': viaMedia('restartIce'),
  'call:produce': viaMedia('produce'),
  'call:set-producer': viaMedia('setProducer'),
  'call:consume': viaMedia('consume'),
  'call:set-consumer': viaMedia('setConsumer'),
  'call:raise-hand': viaMedia('raiseHand'),
  'call:mute': viaMedia('mutePeer'),
  'call:ask-mute': viaMedia('askAllToMute'),
  'call:let-in': viaMedia('letIntoCall'),
  'call:list-out': viaMedia('listLockedOut'),
  'call:keep': viaMedia('keepCall'),
  'call:leave': viaMedia('leaveCall'),
  'call:probe': viaMedia('probePath'),
} as const satisfies Record<string, CommandContract>

export type CommandName = keyof typeof clientEvents
export type CommandRequest<N extends CommandName> = Static<(typeof clientEvents)[N]['request']>
export type CommandReply<N extends CommandName> = Static<(typeof clientEvents)[N]['reply']>

/** Pushes: server to client. All are hints: late, doubled or lost ones are repaired by seq and rev. */
export const serverEvents = {
  /** First on every connection: where the user log stands, and the server's clock. */
  'session:ready': Type.Object(
    { connectionId: Type.String({ maxLength: 36 }), userHead: Seq, serverTime: Instant },
    strict,
  ),
  /** The session was ended; the socket closes. */
  'session:ended': Empty,
  /** The process goes away: connect elsewhere within this time. */
  'session:drain': Type.Object({ afterMs: Count }, strict),
  'room:event': RoomEvent,
  'user:event': UserEvent,
  /** Heads of rooms this socket may be behind in: it had been too slow and missed pushes. */
  'room:heads': Type.Object(
    {
      rooms: Type.Array(Type.Object({ roomId: RoomId, head: Seq, cursorRev: Count }, strict), {
        maxItems: 500,
      }),
    },
    strict,
  ),
  'cursors:moved': CursorsMoved,
  'typing:started': Type.Object({ roomId: RoomId, userId: UserId }, strict),
  'presence:changed': PresenceState,
  'call:changed': CallChanged,
  'call:event': CallEvent,
  'call:knocked': CallKnocked,
  /** To the host: who waits at the door of this room changed. A hint: `lobby:list` tells. */
  'lobby:changed': Type.Object({ roomId: RoomId }, strict),
} as const satisfies Record<string, TSchema>

export type ServerEventName = keyof typeof serverEvents
export type ServerEvent<N extends ServerEventName> = Static<(typeof serverEvents)[N]>

/** Channels (Socket.IO rooms) that pushes are addressed to. */
export const channels = {
  room: (roomId: string) => `room:${roomId}`,
  /** Only sockets that have the room on screen. */
  openRoom: (roomId: string) => `open:${roomId}`,
  user: (userId: string) => `user:${userId}`,
  session: (sessionId: string) => `session:${sessionId}`,
  presence: (userId: string) => `presence:${userId}`,
} as const

/**
 * What services publish on the socket hub, as the gateways receive it. The gateway turns `room:event` into per-reader
 * pushes (`withheldFrom`); the others go out as they are.
 */
export interface HubEvents {
  'room:events': {
    readonly roomId: string
    readonly membershipRev: number
    readonly events: readonly { readonly event: Static<typeof RoomEvent>; readonly withheldFrom?: string }[]
  }
  'user:events': { readonly userId: string; readonly events: readonly Static<typeof UserEvent>[] }
  'cursors:moved': CursorsMoved
  'presence:changed': PresenceState
  'call:changed': CallChanged
  'call:event': CallEvent
  'call:knocked': CallKnocked
  'lobby:changed': { readonly roomId: string }
  'session:ended': { readonly sessionIds: readonly string[] }
  /** The window behind this connection has come back at another gateway: here it is half open. */
  'connection:replaced': { readonly sessionId: string; readonly connectionId: string }
  'typing:started': { readonly roomId: string; readonly userId: string }
}
export type HubEventName = keyof HubEvents
