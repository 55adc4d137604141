import type { Clock } from '@our-now/platform/clock/clock.ts'

export interface FakeClock extends Clock {
  /** Moves time forward. Timers do not move with it. */
  advance(ms: number): void
}

/** @param startMs  Milliseconds since the epoch at which the clock stands. */
export function createFakeClock(startMs = 1_750_000_000_000): FakeClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms
    },
  }
}
