/** Which blocks are drawn, by the keys of the first and the last. */
export interface Revealed {
  readonly firstKey: string
  readonly lastKey: string
}

/** So few are simply drawn. */
const mostAtOnce = 3

export interface Window {
  /** Blocks `from` to `to` (without it) are drawn now. */
  readonly from: number
  readonly to: number
}

/**
 * A page of history is drawn block by block, one a frame at each end, so that scrolling never waits for it: what is still
 * missing is off the screen. The first page, a jump and what comes live are drawn at once.
 */
export function windowOf(keys: readonly string[], revealed: Revealed | undefined): Window {
  const whole = { from: 0, to: keys.length }
  if (!revealed) return whole
  const first = keys.indexOf(revealed.firstKey)
  const last = keys.indexOf(revealed.lastKey)
  if (first < 0 && last < 0) return whole
  // An end that is gone was dropped: there is nothing more beyond it.
  const from = first < 0 ? 0 : first
  const to = last < 0 ? keys.length : last + 1
  return from + keys.length - to <= mostAtOnce ? whole : { from, to }
}

export const isWhole = (keys: readonly string[], { from, to }: Window): boolean =>
  from === 0 && to === keys.length

/** One block more at each end. */
export const widen = (keys: readonly string[], { from, to }: Window): Window => ({
  from: Math.max(0, from - 1),
  to: Math.min(keys.length, to + 1),
})

export function toRevealed(keys: readonly string[], { from, to }: Window): Revealed | undefined {
  const firstKey = keys[from]
  const lastKey = keys[to - 1]
  return firstKey === undefined || lastKey === undefined ? undefined : { firstKey, lastKey }
}
