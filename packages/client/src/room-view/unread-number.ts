import type { CursorState } from './cursor-state.ts'

/** What is needed of a message to count who has not read it. */
export interface CountedMessage {
  readonly seq: number
  readonly authorId: string
  readonly deletedAt?: number
}

/** Counts for one state of a room's cursors; sorted once, asked for every line. */
export interface UnreadCounter {
  /** How many members have not read this message: 0 is shown as nothing. O(log members). */
  numberOf(message: CountedMessage): number
}

/**
 * The unread number by its eight rules: members when the message was stored, except its author, who still are members
 * and whose cursor is below it. Members who joined later never count, deleted messages have no number; who blocks whom
 * changes nothing. A member counts for `seq` exactly if both joinedSeq and readSeq are below it, that is, if the
 * greater of the two is: so one sorted list of those answers every message by binary search.
 */
export function createUnreadCounter(cursors: CursorState): UnreadCounter {
  const positions = cursors.byUser
    ? Object.values(cursors.byUser).map((cursor) => ({
        at: Math.max(cursor.joinedSeq, cursor.readSeq),
        count: 1,
      }))
    : (cursors.histogram ?? []).map((bucket) => ({
        at: Math.max(bucket.joinedSeq, bucket.readSeq),
        count: bucket.count,
      }))
  positions.sort((a, b) => a.at - b.at)
  const ats = positions.map((position) => position.at)
  const sums = [0]
  for (const position of positions) sums.push((sums.at(-1) ?? 0) + position.count)

  return {
    numberOf: (message) => {
      if (message.deletedAt !== undefined) return 0
      const below = sums[countBelow(ats, message.seq)] ?? 0
      return below - (isBelow(cursors, message) ? 1 : 0)
    },
  }
}

/** One number without keeping the counter: for single asks. */
export function unreadNumber(message: CountedMessage, cursors: CursorState): number {
  return createUnreadCounter(cursors).numberOf(message)
}

/** Whether the author is among those counted. In a histogram never: writing moves the own cursor along there. */
function isBelow(cursors: CursorState, message: CountedMessage): boolean {
  const own = cursors.byUser?.[message.authorId]
  return own !== undefined && Math.max(own.joinedSeq, own.readSeq) < message.seq
}

/** How many of the ascending numbers are smaller than `bound`. */
function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] ?? Infinity) < bound) low = middle + 1
    else high = middle
  }
  return low
}
