/** One run of a mutant's scenario. */
export interface Tried {
  readonly id: string
  readonly attempt: number
  readonly seed: number
  readonly acked: number
  readonly tookMs: number
  /** What the checker found, `S1: …`. */
  readonly sentences: readonly string[]
  /** Why the run could not be brought to its end. */
  readonly unfinished: string | undefined
}
