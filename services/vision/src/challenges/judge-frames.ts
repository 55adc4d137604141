import type { ChallengeReason } from '@our-now/contracts/vision/shapes.ts'
import type { FaceStep } from '@our-now/contracts/vision/shapes.ts'
import { similarityOf, type FaceAnalysis, type FoundFace } from '../engine/face-engine.ts'
import { matchThresholds } from '../match-thresholds.ts'
import { listMainFaces } from '../shots/shot-problems.ts'
import { cameraOffset, findSteps, isDone, straightDegrees } from './find-steps.ts'

interface SeenFace extends FoundFace {
  readonly embedding: Float32Array
}

/** At least this part of the frames has to show a face: eyes closed or turned far, some may not. */
const minSeenPart = 0.7
/** Fewer frames that look straight ahead are too few to compare. */
const minStraight = 2
/**
 * Two frames in a row of one person, however turned, are this alike; what is less was cut together. Of photos of different
 * days, one straight and one turned by 18° or more, 99 of 100 are (138 pairs); of two people 90 of 100 are not (6,882).
 */
const minNeighbourSimilarity = 0.9

/**
 * Whether these frames show one person, who does the steps in their order, and whose templates these are. Frames are
 * compared while the head is straight; the turned ones have to belong to their neighbours.
 *
 * @returns the reason why not; undefined when they do
 */
export function judgeFrames(
  frames: readonly FaceAnalysis[],
  steps: readonly FaceStep[],
  templates: readonly Float32Array[],
): ChallengeReason | undefined {
  const mainFaces = frames.map(listMainFaces)
  if (mainFaces.some((faces) => faces.length > 1)) return 'faces_several'
  const found = mainFaces.flatMap(([face]) => (isSeen(face) ? [face] : []))
  const offset = cameraOffset(found.map(({ yawDegrees }) => yawDegrees))
  const seen = found.map((face) => ({ ...face, yawDegrees: face.yawDegrees - offset }))
  if (seen.length < frames.length * minSeenPart) return 'frames_unusable'
  const straight = seen.filter(({ yawDegrees }) => Math.abs(yawDegrees) <= straightDegrees)
  if (straight.length < minStraight) return 'frames_unusable'
  if (!areOnePerson(seen, straight)) return 'face_changed'
  const poses = seen.map(({ yawDegrees, eyeOpenness: { left, right } }) => ({
    yawDegrees,
    eyeOpenness: (left + right) / 2,
  }))
  if (!isDone(steps, findSteps(poses))) return 'steps_not_done'
  return bestSimilarity(straight, templates) >= matchThresholds.signIn ? undefined : 'no_match'
}

function areOnePerson(seen: readonly SeenFace[], straight: readonly SeenFace[]): boolean {
  const isLikeNext = seen.every((face, at) => {
    const next = seen[at + 1]
    return next === undefined || similarityOf(face.embedding, next.embedding) >= minNeighbourSimilarity
  })
  // Each against the one in the middle: a slow change from one face to another would pass from neighbour to neighbour.
  const middle = straight[Math.floor(straight.length / 2)]
  return (
    isLikeNext &&
    middle !== undefined &&
    straight.every(({ embedding }) => similarityOf(embedding, middle.embedding) >= matchThresholds.samePerson)
  )
}

/** The best of several frames against several templates. */
function bestSimilarity(faces: readonly SeenFace[], templates: readonly Float32Array[]): number {
  const similarities = faces.flatMap(({ embedding }) =>
    templates.map((template) => similarityOf(embedding, template)),
  )
  return Math.max(-1, ...similarities)
}

const isSeen = (face: FoundFace | undefined): face is SeenFace => face?.embedding !== undefined
