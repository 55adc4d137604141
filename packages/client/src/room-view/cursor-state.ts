import type { RoomEvent } from '@our-now/contracts/rooms.ts'

/** One member's read position in a room of up to 100 members. */
export interface MemberCursor {
  readonly joinedSeq: number
  readonly readSeq: number
}

export interface CursorBucket {
  readonly joinedSeq: number
  readonly readSeq: number
  /** How many members stand exactly there. */
  readonly count: number
}

/** Joins and leaves are remembered for a while: a snapshot may be older than what was already told. */
export type MembershipFact = Extract<RoomEvent, { kind: 'members-joined' | 'member-left' }>

/**
 * What the unread numbers of a room are computed from: `byUser` in rooms of up to 100 members, else `histogram`,
 * where nobody is named. Immutable: every change makes a new object.
 */
export interface CursorState {
  readonly roomId: string
  /** No snapshot came yet: no number can be said. */
  readonly isLoaded: boolean
  /** The copy missed something: fetch the cursors anew. Numbers stay as they are until then. */
  readonly isStale: boolean
  readonly cursorRev: number
  /** Memberships are counted up to this log position. */
  readonly asOfSeq: number
  readonly byUser?: Readonly<Record<string, MemberCursor>>
  readonly histogram?: readonly CursorBucket[]
  /** The latest memberships facts, complete after `recentAfterSeq`; at most 64. */
  readonly recent: readonly MembershipFact[]
  readonly recentAfterSeq: number
}
