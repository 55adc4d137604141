import type { FaceRefused, SecondFactorRequired } from '@our-now/contracts/auth/second-factor.ts'
import type { Account } from '@our-now/contracts/auth.ts'
import type { ErrorCode } from '@our-now/contracts/errors.ts'
import type { CallChanged, CallEvent, CallKnocked } from '@our-now/contracts/media.ts'
import type { PresenceState } from '@our-now/contracts/presence.ts'
import type { CursorsMoved, RoomCursors, RoomEvent } from '@our-now/contracts/rooms.ts'
import type { CommandName, CommandReply, CommandRequest } from '@our-now/contracts/socket.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { Api, ApiRequest } from './http/api-types.ts'

/** Who is signed in on this device. */
export interface CurrentSession {
  readonly account: Account
  readonly sessionId: string
}

export type SessionChange =
  | { readonly status: 'signed-in'; readonly session: CurrentSession; readonly displayName: string }
  /** `ended`: by the server (signed out elsewhere, password changed); `signed-out`: by the person, here or in another tab. */
  | { readonly status: 'signed-out'; readonly reason: 'ended' | 'signed-out' }

export interface ConnectionState {
  readonly state: 'offline' | 'connecting' | 'online'
  /** When offline and waiting: the local instant of the next try. */
  readonly retryAtMs?: number
}

/**
 * `sent`: acknowledged (on disk at `seq`), its room event still on the way. `queued` and `sending` look alike to most
 * people; `failed` waits for the person.
 */
export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed'

/** A message on its way: under one client message id from the keystroke to the acknowledgement. */
export interface OutboxEntry {
  readonly clientMessageId: string
  readonly roomId: string
  readonly text: string
  /** Local clock; for display only, the order in a room is that of `position`. */
  readonly createdAtMs: number
  /** Grows with every send of this device; the order in which entries go out. */
  readonly position: number
  readonly state: OutboxState
  /** With `failed`: why. The person retries or discards. */
  readonly failure?: ErrorCode
  /** With `sent`: its place in the room's log. */
  readonly seq?: number
}

/** What a client tells. Room and user events come in log order, each once. */
export interface ClientEvents {
  'session-changed': SessionChange
  'connection-changed': ConnectionState
  /** The next events of a room: `events[0].seq` is the room's position + 1. */
  'room-events': { readonly roomId: string; readonly events: readonly RoomEvent[] }
  /** The copy of the room cannot be brought up to date: load its summary and last page anew. */
  'room-reset': { readonly roomId: string; readonly head: number; readonly missed: number }
  /** The room is not (any more) mine. */
  'room-gone': { readonly roomId: string }
  'user-events': { readonly events: readonly UserEvent[] }
  /** The copy of everything personal is too old: load profile, friends and rooms anew. */
  'user-reset': { readonly head: number }
  /** Cursors of an open room as a whole: at opening and after a lost move. */
  'cursors-loaded': RoomCursors
  'cursors-moved': CursorsMoved
  /** The server's cursor revision of a room; a copy at another revision is stale. */
  'cursor-rev': { readonly roomId: string; readonly cursorRev: number }
  'outbox-changed': { readonly entries: readonly OutboxEntry[] }
  'typing-started': { readonly roomId: string; readonly userId: string }
  'presence-changed': PresenceState
  /** The call of a room began, changed or (without `call`) ended. */
  'call-changed': CallChanged
  'call-event': CallEvent
  /** Somebody called while I was in another call. */
  'call-knocked': CallKnocked
  /** Somebody came to the door of one of my video rooms, or went. */
  'lobby-changed': { readonly roomId: string }
  /** The browser refuses to keep messages: what is not sent yet is lost with the page. Told once. */
  'storage-failed': undefined
}
export type ClientEventName = keyof ClientEvents

/** The client's half of the delivery contract, without any user interface. Close it with `close()`. */
export interface Client {
  /** Every REST operation by its contract name. Throws `ClientError`. */
  readonly api: Api
  readonly session: {
    /** Goes on with the session of the refresh cookie. `undefined`: nobody is signed in. Offline: the last known account. */
    restore(): Promise<CurrentSession | undefined>
    register(request: Omit<ApiRequest<'register'>, 'deviceName'>): Promise<CurrentSession>
    /** Answers what is still asked where a second factor is on: nobody is signed in then. */
    signIn(request: Omit<ApiRequest<'signIn'>, 'deviceName'>): Promise<CurrentSession | SecondFactorRequired>
    /** The second step, with what `signIn` answered. */
    completeSignIn(request: ApiRequest<'completeSignIn'>): Promise<CurrentSession>
    /** The second step before the camera, with what `api.beginFaceStep` answered. Refused: every way stays open. */
    completeSignInByFace(request: ApiRequest<'completeSignInByFace'>): Promise<CurrentSession | FaceRefused>
    /** Ends the session here and empties everything stored on this device for the account. */
    signOut(): Promise<void>
    current(): CurrentSession | undefined
  }
  readonly connection: {
    state(): ConnectionState
    /** Tries at once instead of waiting for `retryAtMs`. */
    retryNow(): void
  }
  /** A socket command: acknowledged within 6 s or `timeout`; `unavailable` when not connected. */
  command<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandReply<N>>
  readonly outbox: {
    send(roomId: string, text: string): Promise<OutboxEntry>
    retry(clientMessageId: string): Promise<void>
    discard(clientMessageId: string): Promise<void>
    entries(roomId?: string): readonly OutboxEntry[]
  }
  readonly rooms: {
    /**
     * Follows a room's log from `have` (a summary's `head`). Of a room that is followed already it only says that the
     * log goes up to there: what is missing is fetched and told as always.
     */
    follow(rooms: readonly { readonly roomId: string; readonly have: number }[]): void
    /** Forgets a room's position. */
    unfollow(roomId: string): void
    /** Drops the copy and starts at `have` (after `room-reset`). */
    restart(roomId: string, have: number): void
    /** The highest position up to which every event was told; `undefined` when not followed. */
    have(roomId: string): number | undefined
    /** The room is on screen: cursors and typing are pushed. Stays open over reconnects until `close`. */
    open(roomId: string): void
    close(roomId: string): void
    /** Fetches the cursors of an open room anew (answers by `cursors-loaded`); at most every 2 s per room. */
    reloadCursors(roomId: string): void
    /** I have read up to `seq`. Goes out at most once a second per room, the highest only, until acknowledged. */
    markRead(roomId: string, seq: number): void
    /** I am typing: told at most every 3 s. */
    noteTyping(roomId: string): void
  }
  readonly user: {
    /** Follows the own log from here (`userHead` of listRooms); like `rooms.follow` when called again. */
    follow(have: number): void
    restart(have: number): void
    have(): number | undefined
  }
  readonly presence: {
    /** The friends on screen, at most 200 count. Their states come by `presence-changed`. Kept over reconnects. */
    watch(userIds: readonly string[]): void
    setVisible(isVisible: boolean): void
  }
  on<N extends ClientEventName>(event: N, handler: (payload: ClientEvents[N]) => void): () => void
  /** Disconnects and closes the storage. Nothing stored is lost. */
  close(): Promise<void>
}
