import { expect, test } from 'vitest'
import { acceptedAt, scorePairs, type ScoredPair } from './score-pairs.ts'

const pairsOf = (isSame: boolean, ...similarities: number[]): ScoredPair[] =>
  similarities.map((similarity, index) => ({ similarity, isSame, fold: index % 2 }))

test('pairs that a threshold can part are all judged rightly', () => {
  const scores = scorePairs([...pairsOf(true, 0.9, 0.8, 0.95, 0.85), ...pairsOf(false, 0.1, 0.2, 0.3, 0.4)])
  expect(scores).toMatchObject({ accuracy: 1, auc: 1, accuracyError: 0 })
  expect(scores.threshold).toBeGreaterThan(0.4)
  expect(scores.threshold).toBeLessThan(0.8)
})

test('a fold is judged by the threshold of the others, not by its own', () => {
  const pairs = [
    { similarity: 0.9, isSame: true, fold: 1 },
    { similarity: 0.8, isSame: false, fold: 1 },
    { similarity: 0.5, isSame: true, fold: 2 },
    { similarity: 0.1, isSame: false, fold: 2 },
  ]
  // Each fold alone could be parted; by the other one's threshold half of each is wrong.
  expect(scorePairs(pairs).accuracy).toBe(0.5)
})

test('the area under the curve counts equal ones half', () => {
  expect(scorePairs([...pairsOf(true, 0.5, 0.5), ...pairsOf(false, 0.5, 0.5)]).auc).toBe(0.5)
  expect(scorePairs([...pairsOf(true, 0.9, 0.3), ...pairsOf(false, 0.5, 0.1)]).auc).toBe(0.75)
})

test('at a rate of false accepts no more strangers pass than it allows', () => {
  const strangers = pairsOf(false, ...Array.from({ length: 100 }, (_, index) => index / 200))
  const same = pairsOf(true, 0.2, 0.4925, 0.6, 0.7)
  expect(acceptedAt([...same, ...strangers], 0.01)).toEqual({ rate: 0.75, threshold: 0.49 })
  expect(acceptedAt([...same, ...strangers], 0.001).rate).toBe(0.5)
})
