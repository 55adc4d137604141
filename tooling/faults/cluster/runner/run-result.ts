import type { RunMeasures } from './measure-run.ts'
import type { RunOutcome } from './run-once.ts'

/** One run in a campaign's file of results, a JSON line each. */
export interface RunResult extends RunOutcome, RunMeasures {
  readonly run: number
  readonly seed: number
  readonly seconds: number
  readonly violations: number
  /** How many by invariant: S1 … S16. */
  readonly byInvariant: Readonly<Record<string, number>>
  readonly healP99Ms: number
  /** Sends that were never answered, to the end of the run, and how many of them are in the log. */
  readonly neverAnswered: number
  readonly committedUnanswered: number
  /** Where its history was kept, since something is wrong. */
  readonly dir?: string
  readonly tookMs: number
}

/** What the last line of `--json` says. */
export interface Summary {
  readonly runs: number
  readonly acked: number
  readonly faults: number
  readonly violations: number
  readonly unknown: number
  readonly healP99Ms: number
  readonly seed: number
}

export function summarise(results: readonly RunResult[], seed: number): Summary {
  const sum = (of: (result: RunResult) => number) => results.reduce((total, one) => total + of(one), 0)
  return {
    runs: results.length,
    acked: sum(({ acked }) => acked),
    faults: sum(({ faults }) => faults),
    violations: sum(({ violations }) => violations),
    unknown: sum(({ unknown }) => unknown),
    // The worst run's: the 99th percentile over all of them is not above it.
    healP99Ms: Math.max(0, ...results.map(({ healP99Ms }) => healP99Ms)),
    seed,
  }
}
