type Invariant = `S${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16}`

/** One promise broken once. */
export interface Violation {
  readonly invariant: Invariant
  /** For a person: who was told what, and what is there instead. */
  readonly sentence: string
  /** Where in the run, in ms on its clock; to find the lines around it. */
  readonly t?: number
}

export interface Verdict {
  readonly acked: number
  /** Sends whose outcome the client never learned, and how many of them are in the log. */
  readonly unknown: number
  readonly committedUnknown: number
  /** The first of each invariant. */
  readonly violations: readonly Violation[]
  /** Per client and room: from the heal (or its own reconnect after it) until it had everything, in ms. */
  readonly healMs: readonly number[]
  readonly healP99Ms: number
  /** By what invariants were given to judge. */
  readonly judged: Readonly<Record<string, number>>
}

/** More of one kind say nothing new. */
export const mostPerInvariant = 20
