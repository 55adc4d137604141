import type { ErrorCode } from '@our-now/contracts/errors.ts'
import { similarityOf, type FaceAnalysis } from '../engine/face-engine.ts'
import { matchThresholds } from '../match-thresholds.ts'
import { enrolmentDemands, listMainFaces, listShotProblems } from '../shots/shot-problems.ts'

export type JudgedShots =
  | { readonly embeddings: readonly Float32Array[] }
  /** `shot`: its place, where one of them is to blame. */
  | { readonly problem: ErrorCode; readonly shot?: number }

/** Whether these shots make an enrolment: each good by itself, all of one person. */
export function judgeShots(analyses: readonly FaceAnalysis[]): JudgedShots {
  const embeddings: Float32Array[] = []
  for (const [shot, analysis] of analyses.entries()) {
    const [problem] = listShotProblems(analysis, enrolmentDemands)
    if (problem !== undefined) return { problem, shot }
    const embedding = listMainFaces(analysis)[0]?.embedding
    if (embedding === undefined) return { problem: 'face_missing', shot }
    embeddings.push(embedding)
  }
  for (const [shot, embedding] of embeddings.entries())
    for (const earlier of embeddings.slice(0, shot)) {
      const similarity = similarityOf(embedding, earlier)
      if (similarity < matchThresholds.samePerson) return { problem: 'faces_differ', shot }
    }
  return { embeddings }
}
