import type { Row } from './rows.ts'

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

/** One level deep: messages, entries and events are themselves never changed in place. */
function isSame(a: Row, b: Row): boolean {
  const left: Readonly<Record<string, unknown>> = { ...a }
  const right: Readonly<Record<string, unknown>> = { ...b }
  const names = Object.keys(left)
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name])
}
