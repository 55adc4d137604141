/** Two pictures: how alike an engine found them, and whether they show the same person. */
export interface ScoredPair {
  /** Cosine similarity, −1..1; −1 where a face was missed. */
  readonly similarity: number
  readonly isSame: boolean
  /** Of the cross-validation. */
  readonly fold: number
}

/** Rates are 0..1. */
export interface PairScores {
  /** Mean over the folds of the pairs judged rightly by the threshold that is best on all other folds. */
  readonly accuracy: number
  /** Standard error of that mean. */
  readonly accuracyError: number
  /** Mean of the folds' thresholds. */
  readonly threshold: number
  /** Area under the curve: that a pair of one person is more alike than a pair of two. */
  readonly auc: number
}

/** @throws {RangeError} when the pairs of one kind are missing */
export function scorePairs(pairs: readonly ScoredPair[]): PairScores {
  const folds = [...new Set(pairs.map(({ fold }) => fold))]
  const judged = folds.map((fold) => {
    const others = pairs.filter((pair) => pair.fold !== fold)
    const threshold = bestThreshold(folds.length > 1 ? others : pairs)
    const mine = pairs.filter((pair) => pair.fold === fold)
    return { threshold, accuracy: accuracyAt(mine, threshold) }
  })
  const accuracy = mean(judged.map((fold) => fold.accuracy))
  const spread = judged.reduce((sum, fold) => sum + (fold.accuracy - accuracy) ** 2, 0)
  return {
    accuracy,
    accuracyError: folds.length > 1 ? Math.sqrt(spread / (folds.length - 1) / folds.length) : 0,
    threshold: mean(judged.map((fold) => fold.threshold)),
    auc: areaUnderCurve(pairs),
  }
}

/**
 * The part of the pairs of one person that pass the lowest threshold which at most `falseAccepts` of the pairs of two people
 * pass. With fewer than 1 / `falseAccepts` such pairs none of them may pass.
 */
export function acceptedAt(
  pairs: readonly ScoredPair[],
  falseAccepts: number,
): { readonly rate: number; readonly threshold: number } {
  const strangers = similaritiesOf(pairs, false).toSorted((one, other) => other - one)
  // The small addend undoes what 0.001 × 3000 loses in floating point.
  const firstRefused = strangers[Math.floor(strangers.length * falseAccepts + 1e-9)] ?? -1
  const same = similaritiesOf(pairs, true)
  return { rate: same.filter((one) => one > firstRefused).length / same.length, threshold: firstRefused }
}

function bestThreshold(pairs: readonly ScoredPair[]): number {
  const sorted = pairs.toSorted((one, other) => one.similarity - other.similarity)
  let right = sorted.filter(({ isSame }) => isSame).length
  let best = { right, threshold: (sorted[0]?.similarity ?? 0) - 1e-6 }
  for (const [index, { similarity, isSame }] of sorted.entries()) {
    right += isSame ? -1 : 1
    const next = sorted[index + 1]?.similarity ?? similarity + 1e-6
    // Halfway to the next one, and never between two that are equal.
    if (right > best.right && next > similarity) best = { right, threshold: (similarity + next) / 2 }
  }
  return best.threshold
}

function accuracyAt(pairs: readonly ScoredPair[], threshold: number): number {
  return pairs.filter(({ similarity, isSame }) => similarity > threshold === isSame).length / pairs.length
}

/** By ranks (Mann and Whitney 1947); equal ones count half. */
function areaUnderCurve(pairs: readonly ScoredPair[]): number {
  const [same, strangers] = [similaritiesOf(pairs, true), similaritiesOf(pairs, false)]
  if (same.length === 0 || strangers.length === 0) throw new RangeError('pairs of both kinds are needed')
  const sorted = strangers.toSorted((one, other) => one - other)
  const below = (value: number): number => countBefore(sorted, (stranger) => stranger < value)
  const upTo = (value: number): number => countBefore(sorted, (stranger) => stranger <= value)
  return mean(same.map((value) => (below(value) + upTo(value)) / 2 / sorted.length))
}

/** How many of the first ones hold; those that hold come first. */
function countBefore(sorted: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle] ?? 0)) low = middle + 1
    else high = middle
  }
  return low
}

const similaritiesOf = (pairs: readonly ScoredPair[], isSame: boolean): number[] =>
  pairs.filter((pair) => pair.isSame === isSame).map(({ similarity }) => similarity)

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
