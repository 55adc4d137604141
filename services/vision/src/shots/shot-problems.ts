import type { FaceProblem } from '@our-now/contracts/vision/shapes.ts'
import type { FaceAnalysis, FoundFace } from '../engine/face-engine.ts'

/** What a shot has to be like for a purpose. */
export interface ShotDemands {
  /** The shorter side of the face's box, in pixels. */
  readonly minSizePx: number
  /** Either way. */
  readonly maxYawDegrees: number
  readonly maxPitchDegrees: number
  readonly hasOpenEyes: boolean
}

/** A little turned is wanted there: templates of several poses find a person again more often. */
export const enrolmentDemands: ShotDemands = {
  minSizePx: 100,
  maxYawDegrees: 30,
  maxPitchDegrees: 25,
  hasOpenEyes: true,
}
/** Advice only, so it is kinder. */
export const profileDemands: ShotDemands = {
  minSizePx: 80,
  maxYawDegrees: 45,
  maxPitchDegrees: 35,
  hasOpenEyes: false,
}

/** Mean luminance of a face, 0..255. */
const minBrightness = 45
const maxBrightness = 200
/** Variance of the Laplacian: of 273 small news photos 98 of 100 are above it. */
const minSharpness = 12
/** Eyes narrower than this are taken for closed, whoever they belong to: many people's open eyes are about 0.2. */
const minEyeOpenness = 0.12
/** A face in the background does not count as a second one when it is smaller than this part of the largest. */
const bystanderPart = 0.4
/** How far the box may reach beyond the picture, as a part of it. */
const overhang = 0.02

/** The faces that a shot is about: the largest, and those that are not far smaller. */
export function listMainFaces({ faces }: FaceAnalysis): readonly FoundFace[] {
  const largestPx = Math.max(0, ...faces.map(({ sizePx }) => sizePx))
  return faces.filter(({ sizePx }) => sizePx >= largestPx * bystanderPart)
}

/** What is wrong with a shot, the most useful to know first. */
export function listShotProblems(analysis: FaceAnalysis, demands: ShotDemands): readonly FaceProblem[] {
  const [face, ...others] = listMainFaces(analysis)
  if (face === undefined) return ['face_missing']
  const eyes = (face.eyeOpenness.left + face.eyeOpenness.right) / 2
  const found: readonly [FaceProblem, boolean][] = [
    ['faces_several', others.length > 0],
    ['face_too_small', face.sizePx < demands.minSizePx],
    ['face_cut_off', isCutOff(face)],
    ['face_too_dark', face.brightness < minBrightness],
    ['face_too_bright', face.brightness > maxBrightness],
    [
      'face_turned',
      Math.abs(face.yawDegrees) > demands.maxYawDegrees ||
        Math.abs(face.pitchDegrees) > demands.maxPitchDegrees,
    ],
    ['eyes_closed', demands.hasOpenEyes && eyes < minEyeOpenness],
    ['face_blurred', face.sharpness < minSharpness],
  ]
  return found.filter(([, isSo]) => isSo).map(([problem]) => problem)
}

function isCutOff({ box }: FoundFace): boolean {
  return (
    box.left < -overhang ||
    box.top < -overhang ||
    box.left + box.width > 1 + overhang ||
    box.top + box.height > 1 + overhang
  )
}
