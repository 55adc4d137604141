import { quantile } from '../measure/quantile.ts'

export interface Scored {
  readonly similarity: number
  readonly isSame: boolean
  readonly fold: string
}

export interface PairFigures {
  readonly pairs: number
  /** Of LFW's protocol: the threshold that is best on the other folds judges each fold; mean over the folds, 0..1. */
  readonly accuracy: number
  readonly accuracySpread: number
  /** Of the thresholds that were chosen. */
  readonly threshold: number
  readonly auc: number
  /** Part of the same people that is accepted where that part of different people is; threshold beside. */
  readonly tarFar1e2: number
  readonly thresholdFar1e2: number
  readonly tarFar1e3: number
  readonly thresholdFar1e3: number
}

export function scorePairs(scored: readonly Scored[]): PairFigures {
  const folds = [...new Set(scored.map(({ fold }) => fold))]
  const judged = folds.map((fold) => {
    const own = scored.filter((pair) => pair.fold === fold)
    const others = folds.length === 1 ? own : scored.filter((pair) => pair.fold !== fold)
    const threshold = bestThreshold(others)
    return { threshold, accuracy: accuracyAt(own, threshold) }
  })
  const accuracy = meanOf(judged.map((fold) => fold.accuracy))
  const [same, different] = [true, false].map((isSame) =>
    scored.filter((pair) => pair.isSame === isSame).map(({ similarity }) => similarity),
  )
  if (same === undefined || different === undefined) throw new Error('two kinds of pairs')
  const sorted = different.toSorted((one, other) => one - other)
  const atFar = (far: number) => {
    const threshold = quantile(sorted, 1 - far, 6)
    return { threshold, tar: same.filter((similarity) => similarity > threshold).length / Math.max(1, same.length) }
  }
  const [often, seldom] = [atFar(1e-2), atFar(1e-3)]
  return {
    pairs: scored.length,
    accuracy,
    accuracySpread: Math.sqrt(meanOf(judged.map((fold) => (fold.accuracy - accuracy) ** 2))),
    threshold: meanOf(judged.map((fold) => fold.threshold)),
    auc: areaUnderCurve(same, sorted),
    tarFar1e2: often.tar,
    thresholdFar1e2: often.threshold,
    tarFar1e3: seldom.tar,
    thresholdFar1e3: seldom.threshold,
  }
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

const accuracyAt = (pairs: readonly Scored[], threshold: number): number =>
  pairs.filter(({ similarity, isSame }) => similarity > threshold === isSame).length / Math.max(1, pairs.length)

/** The middle between two neighbouring scores that tells most pairs right. */
function bestThreshold(pairs: readonly Scored[]): number {
  const sorted = pairs.toSorted((one, other) => one.similarity - other.similarity)
  // Below all: everybody is the same.
  let right = sorted.filter(({ isSame }) => isSame).length
  let best = { right, threshold: -1 }
  for (const [index, { isSame, similarity }] of sorted.entries()) {
    right += isSame ? -1 : 1
    const next = sorted[index + 1]?.similarity ?? 1
    if (right > best.right) best = { right, threshold: (similarity + next) / 2 }
  }
  return best.threshold
}

/** How often one of the same people scores above one of different people. @param different  ascending */
function areaUnderCurve(same: readonly number[], different: readonly number[]): number {
  const sorted = same.toSorted((one, other) => one - other)
  let [below, sum] = [0, 0]
  for (const similarity of sorted) {
    while (below < different.length && (different[below] ?? 1) < similarity) below += 1
    sum += below
  }
  return sum / Math.max(1, same.length * different.length)
}
