import type { Clock } from '@our-now/platform/clock/clock.ts'

/** A clock that the demo moves: what happens is stamped with the time it is told to have happened. */
export interface DemoClock extends Clock {
  /** Never moves back. @param atMs  Milliseconds since the epoch. */
  moveTo(atMs: number): void
}

export function createDemoClock(startMs: number): DemoClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    moveTo: (atMs) => {
      nowMs = Math.max(nowMs, atMs)
    },
  }
}
