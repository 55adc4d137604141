import { similarityOf } from '../engine/face-engine.ts'

/**
 * Who each face may be: the most similar pair first, each person once and each face once, none below the threshold.
 *
 * @returns a user id, or undefined, for each face in its place
 */
export function matchPeople(
  faces: readonly (Float32Array | undefined)[],
  people: ReadonlyMap<string, readonly Float32Array[]>,
  threshold: number,
): readonly (string | undefined)[] {
  const pairs = faces.flatMap((face, at) =>
    face === undefined
      ? []
      : [...people].map(([userId, templates]) => ({
          at,
          userId,
          similarity: Math.max(-1, ...templates.map((template) => similarityOf(face, template))),
        })),
  )
  const matched = new Map<number, string>()
  const taken = new Set<string>()
  for (const { at, userId, similarity } of pairs.toSorted((a, b) => b.similarity - a.similarity)) {
    if (similarity < threshold) break
    if (matched.has(at) || taken.has(userId)) continue
    matched.set(at, userId)
    taken.add(userId)
  }
  return faces.map((_, at) => matched.get(at))
}
