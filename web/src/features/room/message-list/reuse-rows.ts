import type { Row, RunPlace } from './rows.ts'

/**
 * The new rows, with the old objects wherever nothing changed: whoever compares rows by identity sees only what is new.
 * O(rows).
 */
export function reuseRows(before: readonly Row[], now: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.key, row]))
  const reused = now.map((row) => {
    const old = known.get(row.key)
    return old !== undefined && isSame(old, row) ? old : row
  })
  const isUnchanged = reused.length === before.length && reused.every((row, index) => row === before[index])
  return isUnchanged ? before : reused
}

/** Messages, entries and events are themselves never changed in place. */
function isSame(a: Row, b: Row): boolean {
  if (a.kind === 'message' && b.kind === 'message') return a.message === b.message && isSamePlace(a, b)
  if (a.kind === 'pending' && b.kind === 'pending') return a.entry === b.entry && isSamePlace(a, b)
  if (a.kind === 'notice' && b.kind === 'notice') return a.event === b.event
  if (a.kind === 'blocked' && b.kind === 'blocked') return a.count === b.count
  if (a.kind === 'day' && b.kind === 'day') return a.at === b.at
  return a.kind === b.kind
}

const isSamePlace = (a: RunPlace, b: RunPlace): boolean => a.isFirst === b.isFirst && a.isLast === b.isLast
