import type { ReadCursor, RoomCursors, RoomEvent } from '@our-now/contracts/rooms.ts'

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

const maxRecent = 64

/** Before the snapshot of an opening room: memberships told meanwhile are remembered for it. */
export function awaitCursors(roomId: string, liveSeq: number): CursorState {
  return {
    roomId,
    isLoaded: false,
    isStale: false,
    cursorRev: 0,
    asOfSeq: liveSeq,
    recent: [],
    recentAfterSeq: liveSeq,
  }
}

/** Takes a snapshot, then what was told after it was made. An older snapshot than the copy changes nothing. */
export function loadCursors(state: CursorState, snapshot: RoomCursors): CursorState {
  if (state.isLoaded && !state.isStale && isOlder(snapshot, state)) return state
  const base: CursorState = {
    roomId: state.roomId,
    isLoaded: true,
    // A move that came while the snapshot was on its way is not in it.
    isStale: snapshot.asOfSeq < state.recentAfterSeq || snapshot.cursorRev < state.cursorRev,
    cursorRev: snapshot.cursorRev,
    asOfSeq: snapshot.asOfSeq,
    recent: [],
    recentAfterSeq: state.recentAfterSeq,
    ...(snapshot.cursors && { byUser: toByUser(snapshot.cursors) }),
    ...(snapshot.histogram && { histogram: snapshot.histogram }),
  }
  const replayed = state.recent.reduce(applyMembership, base)
  return { ...replayed, recent: state.recent }
}

const isOlder = (snapshot: RoomCursors, state: CursorState) =>
  snapshot.asOfSeq <= state.asOfSeq && snapshot.cursorRev < state.cursorRev

function toByUser(cursors: readonly ReadCursor[]): Record<string, MemberCursor> {
  return Object.fromEntries(
    cursors.map(({ userId, joinedSeq, readSeq }) => [
      userId,
      { joinedSeq, readSeq: Math.max(joinedSeq, readSeq) },
    ]),
  )
}

/** Joins add a cursor that stands right before the join; leaves take it away. Other events only pass by. */
export function applyMembership(state: CursorState, event: RoomEvent): CursorState {
  if (event.kind !== 'members-joined' && event.kind !== 'member-left') return state
  const remembered = remember(state, event)
  if (!state.isLoaded || event.seq <= state.asOfSeq) return remembered
  const counted = { ...remembered, asOfSeq: event.seq }
  return event.kind === 'members-joined' ? join(counted, event) : leave(counted, event.member.userId)
}

function join(state: CursorState, event: Extract<MembershipFact, { kind: 'members-joined' }>): CursorState {
  // A membership begins after `joinedSeq`: the line of the join itself is the first that the new member sees.
  const joinedSeq = event.seq - 1
  if (state.histogram) {
    const bucket = { joinedSeq, readSeq: joinedSeq, count: event.members.length }
    return { ...state, histogram: [...state.histogram, bucket] }
  }
  const byUser = { ...state.byUser }
  for (const { userId } of event.members) {
    // A move of the new member may have come first: it knows the join already.
    if (byUser[userId]?.joinedSeq === joinedSeq) continue
    byUser[userId] = { joinedSeq, readSeq: joinedSeq }
  }
  return { ...state, byUser }
}

function leave(state: CursorState, userId: string): CursorState {
  // Nobody is named in a histogram: only the server knows which bucket shrank.
  if (!state.byUser) return { ...state, isStale: true }
  const { [userId]: _, ...byUser } = state.byUser
  return { ...state, byUser }
}

function remember(state: CursorState, event: MembershipFact): CursorState {
  if (state.recent.some((known) => known.seq === event.seq)) return state
  const recent = [...state.recent, event]
  const dropped = recent.length > maxRecent ? recent.shift() : undefined
  return { ...state, recent, recentAfterSeq: dropped?.seq ?? state.recentAfterSeq }
}

/** I read up to `seq` on this device: my own cursor needs no way to the server and back. */
export function readBy(state: CursorState, userId: string, seq: number): CursorState {
  const known = state.byUser?.[userId]
  if (!known || known.readSeq >= seq) return state
  return { ...state, byUser: { ...state.byUser, [userId]: { ...known, readSeq: seq } } }
}
