import { join } from 'node:path'
import {
  similarityOf,
  type FaceAnalysis,
  type FaceEngine,
  type FoundFace,
} from '../../services/vision/src/engine/face-engine.ts'
import { lookAtImages, type LookCosts } from './look-at-images.ts'
import { readCsv } from './read-csv.ts'
import type { ScoredPair } from './score-pairs.ts'

export interface JudgedPairs {
  readonly pairs: readonly ScoredPair[]
  /** Images in which no face was found. Their pairs count as of two people. */
  readonly missed: readonly string[]
  readonly costs: LookCosts
}

/** @param count  Only so many pairs, evenly from the whole file. */
export async function judgePairs(
  engine: FaceEngine,
  { pairsFile, images, count, atOnce }: { pairsFile: string; images: string; count: number; atOnce: number },
): Promise<JudgedPairs> {
  const all = await readCsv(pairsFile, ['path1', 'path2', 'same', 'fold'])
  const step = Math.max(1, all.length / count)
  const rows = Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor(index * step)],
  ).filter((row) => row !== undefined)
  const paths = [...new Set(rows.flatMap((row) => [row.path1, row.path2]))]
  const embeddings = new Map<string, Float32Array>()
  const missed: string[] = []
  const files = paths.map((path) => join(images, path))
  const costs = await lookAtImages(
    engine,
    files,
    { kind: 'selfie', isEmbedded: true, atOnce },
    (_, analysis, index) => {
      const path = paths[index] ?? ''
      const embedding = findSubject(analysis)?.embedding
      if (embedding === undefined) missed.push(path)
      else embeddings.set(path, embedding)
    },
  )
  const similarity = (path1: string, path2: string): number => {
    const [one, other] = [embeddings.get(path1), embeddings.get(path2)]
    return one === undefined || other === undefined ? -1 : similarityOf(one, other)
  }
  const pairs = rows.map(({ path1, path2, same, fold }) => ({
    similarity: similarity(path1, path2),
    isSame: isTrue(same),
    fold: Number(fold),
  }))
  return { pairs, missed, costs }
}

/** Test sets are cut around the person they are about, others may stand behind: the face nearest to the middle. */
function findSubject({ faces }: FaceAnalysis): FoundFace | undefined {
  const offCentre = ({ box }: FoundFace): number =>
    Math.hypot(box.left + box.width / 2 - 0.5, box.top + box.height / 2 - 0.5)
  return faces.toSorted((one, other) => offCentre(one) - offCentre(other))[0]
}

function isTrue(same: string): boolean {
  if (!['1', '0', 'true', 'false'].includes(same.toLowerCase()))
    throw new Error(`same is neither 1 nor 0: ${same}`)
  return same === '1' || same.toLowerCase() === 'true'
}
