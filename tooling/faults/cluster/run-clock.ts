/** Milliseconds of the machine's monotonic clock, the same for all processes, with microseconds behind the point. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000n) / 1_000

/** A clock that began at this instant of the machine's. */
export const clockSince =
  (baseMs: number): (() => number) =>
  () =>
    Math.round((monotonicMs() - baseMs) * 1_000) / 1_000
