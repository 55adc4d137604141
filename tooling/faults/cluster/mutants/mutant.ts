import type { Fault, FaultDeed } from '../nemeses/fault.ts'
import type { Load } from '../runner/run-once.ts'

/** A mistake that the checker must find, and the circumstances in which it shows. */
export interface Mutant {
  /** M1 … M14. */
  readonly id: string
  readonly mistake: string
  /** In `tooling/mutants/`. */
  readonly patch: string
  readonly scenario: Scenario
}

/** What is done to the cluster for some seconds, and how much people say meanwhile. */
export interface Scenario {
  readonly name: string
  readonly faultsMs: number
  readonly faults: readonly Fault[]
  readonly load?: Partial<Load>
}

/** The same fault again and again: each begins `everyMs` after the one before and lasts `lastsMs`. */
export function repeatedly(
  deed: FaultDeed,
  { fromMs, everyMs, lastsMs, times }: { fromMs: number; everyMs: number; lastsMs: number; times: number },
): Fault[] {
  return Array.from({ length: times }, (_, index) => ({
    id: `${deed.kind}-${deed.target}-${index + 1}`,
    atMs: fromMs + index * everyMs,
    lastsMs,
    ...deed,
  }))
}

/** One fault for a while. */
export const once = (deed: FaultDeed, fromMs: number, lastsMs: number): Fault[] =>
  repeatedly(deed, { fromMs, everyMs: 0, lastsMs, times: 1 })
