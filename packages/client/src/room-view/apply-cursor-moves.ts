import type { CursorsMoved } from '@our-now/contracts/rooms.ts'
import type { CursorBucket, CursorState } from './cursor-state.ts'

type Move = CursorsMoved['moves'][number]

/**
 * Applies pushed moves of read cursors. Moves of named members are absolute and only go up, so that repeats and
 * overlaps are harmless; moves between buckets are not, and every doubt marks the copy as stale instead.
 */
export function applyCursorMoves(state: CursorState, moved: CursorsMoved): CursorState {
  // Before the snapshot: a move that it misses shows as a difference of revisions at the next move.
  if (!state.isLoaded) return { ...state, cursorRev: Math.max(state.cursorRev, moved.cursorRev) }
  if (moved.cursorRev <= state.cursorRev) return state
  return state.byUser ? moveNamed(state, moved) : moveBuckets(state, moved)
}

function moveNamed(state: CursorState, moved: CursorsMoved): CursorState {
  const byUser = { ...state.byUser }
  let isStale = state.isStale || moved.fromRev > state.cursorRev
  for (const move of moved.moves) {
    if (move.userId === undefined) {
      isStale = true
      continue
    }
    const known = byUser[move.userId]
    if (known ? known.joinedSeq > move.joinedSeq : hasLeft(state, move.userId, move)) continue
    const readSeq = known?.joinedSeq === move.joinedSeq ? Math.max(known.readSeq, move.to) : move.to
    byUser[move.userId] = { joinedSeq: move.joinedSeq, readSeq: Math.max(readSeq, move.joinedSeq) }
  }
  return { ...state, byUser, isStale, cursorRev: moved.cursorRev }
}

/** A late move of somebody who is gone must not bring a ghost back. */
function hasLeft(state: CursorState, userId: string, move: Move): boolean {
  const left = state.recent.findLast((fact) => fact.kind === 'member-left' && fact.member.userId === userId)
  return left !== undefined && left.seq > move.joinedSeq
}

function moveBuckets(state: CursorState, moved: CursorsMoved): CursorState {
  if (moved.fromRev !== state.cursorRev) return { ...state, isStale: true, cursorRev: moved.cursorRev }
  const buckets = new Map<string, CursorBucket>()
  for (const bucket of state.histogram ?? []) add(buckets, bucket.joinedSeq, bucket.readSeq, bucket.count)
  let isStale = state.isStale
  for (const { joinedSeq, from, to, count } of moved.moves) {
    const source = buckets.get(keyOf(joinedSeq, from))
    if (!source || source.count < count) {
      isStale = true
      continue
    }
    add(buckets, joinedSeq, from, -count)
    add(buckets, joinedSeq, to, count)
  }
  const histogram = [...buckets.values()].filter((bucket) => bucket.count > 0)
  return { ...state, histogram, isStale, cursorRev: moved.cursorRev }
}

const keyOf = (joinedSeq: number, readSeq: number) => `${joinedSeq}:${readSeq}`

function add(buckets: Map<string, CursorBucket>, joinedSeq: number, readSeq: number, count: number): void {
  const key = keyOf(joinedSeq, readSeq)
  buckets.set(key, { joinedSeq, readSeq, count: (buckets.get(key)?.count ?? 0) + count })
}
