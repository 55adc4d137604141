import type { Account } from '@our-now/contracts/auth.ts'
import type { ErrorCode } from '@our-now/contracts/errors.ts'
import type { Admirer, Block, Friend, MyProfile, Profile } from '@our-now/contracts/people.ts'
import type { PresenceState } from '@our-now/contracts/presence.ts'
import type { Member, RoomSummary } from '@our-now/contracts/rooms.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { ConnectionState, OutboxEntry } from '@our-now/client/client.ts'
import type { CursorState } from '@our-now/client/room-view/cursor-state.ts'
import type { Timeline } from '@our-now/client/room-view/timeline.ts'

/** The shapes of the store, in one place for everyone who reads it. Ids are keys; order is made by selectors. */

export type LoadStatus = 'idle' | 'loading' | 'ready' | 'failed'

export type SessionSlice =
  | { readonly status: 'restoring' }
  | { readonly status: 'signed-out'; readonly reason?: 'ended' | 'signed-out' }
  | { readonly status: 'signed-in'; readonly account: Account; readonly sessionId: string }

export interface ConnectionSlice extends ConnectionState {
  /** Was online since sign-in: before that, "connecting" is no news. */
  readonly wasOnline: boolean
}

export interface MeSlice {
  readonly profile?: MyProfile
}

export interface PeopleSlice {
  readonly status: LoadStatus
  readonly friends: Readonly<Record<string, Friend>>
  readonly admirers: Readonly<Record<string, Admirer>>
  readonly blocks: Readonly<Record<string, Block>>
  /** Everyone whose name was seen, friends or not: for names in rooms. */
  readonly profiles: Readonly<Record<string, Profile>>
  /** What my log told since the lists were asked for: an answer that was on its way must not undo it. At most 200. */
  readonly toldSince: readonly UserEvent[]
}

export interface RoomsSlice {
  readonly status: LoadStatus
  /** Every page of the list was loaded. */
  readonly isComplete: boolean
  readonly rooms: Readonly<Record<string, RoomSummary>>
  /** Direct rooms without a message that I opened just now: shown all the same. */
  readonly justOpened: Readonly<Record<string, true>>
}

export interface MembersSlice {
  readonly byRoom: Readonly<Record<string, RoomMembers>>
}
interface RoomMembers {
  readonly status: LoadStatus
  readonly members: readonly Member[]
  readonly nextCursor?: string
}

export interface RoomTimeline {
  readonly timeline: Timeline
  /** The first page: `idle` (never asked), `loading`, `ready`, `failed`. */
  readonly status: LoadStatus
  readonly failure?: ErrorCode
  readonly isLoadingOlder: boolean
  readonly isLoadingNewer: boolean
  /** How many events were skipped by a reset ("you missed N"); 0 normally. */
  readonly missed: number
}
export interface MessagesSlice {
  readonly byRoom: Readonly<Record<string, RoomTimeline>>
}

export interface CursorsSlice {
  readonly byRoom: Readonly<Record<string, CursorState>>
}

export interface OutboxSlice {
  /** In sending order. An entry goes when its message is in the room's lines. */
  readonly entries: readonly OutboxEntry[]
  /** The browser keeps nothing for us: what is not sent yet is gone when the window closes. */
  readonly isStorageLost: boolean
}

export interface TypingSlice {
  /** Local instant at which each person's typing ends by itself. */
  readonly byRoom: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export interface PresenceSlice {
  readonly states: Readonly<Record<string, PresenceState>>
}

/** The "read up to here" line of the open room, and the room that is on screen. */
export interface ReadStateSlice {
  readonly openRoomId?: string
  readonly byRoom: Readonly<Record<string, Divider>>
}
export interface Divider {
  /** The line is drawn before the first line with a greater seq by somebody else; absent: no divider. */
  readonly afterSeq?: number
  /** The divider was on screen while somebody looked. */
  readonly wasSeen: boolean
  readonly isOnScreen: boolean
  readonly isAtBottom: boolean
  /** The person looks: room open, page visible and focused. */
  readonly isLooking: boolean
  /** Messages of others below the screen since the person scrolled up (the pill "새 메시지 N"). */
  readonly newBelow: number
  /** How many were unread at entry: more than a page opens at the divider. */
  readonly unreadAtEntry: number
}
