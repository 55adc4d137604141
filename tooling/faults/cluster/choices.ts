import { createRandom } from '@our-now/testkit/random.ts'

/** Choices of a run: the same seed gives the same ones. */
export interface Random {
  /** [0, 1) */
  readonly next: () => number
  /** An integer of [from, to]. */
  readonly between: (from: number, to: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T | undefined
  /** Exponentially distributed with this mean. */
  readonly wait: (mean: number) => number
}

export function createChoices(seed: number): Random {
  const next = createRandom(seed)
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[between(0, list.length - 1)],
    wait: (mean) => -Math.log(1 - next()) * mean,
  }
}

/** Picks an index of 0 … count − 1 so that the n-th is n^−exponent as likely as the first. */
export function createZipf(random: Random, count: number, exponent: number): () => number {
  const weights = Array.from({ length: count }, (_, index) => (index + 1) ** -exponent)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return () => {
    let left = random.next() * sum
    const found = weights.findIndex((weight) => (left -= weight) < 0)
    return Math.max(0, found)
  }
}
