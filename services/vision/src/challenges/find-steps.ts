import type { FaceStep } from '@our-now/contracts/vision/shapes.ts'

/** What one frame says of the pose of the one face in it. */
export interface Pose {
  /** Positive: to the person's left. */
  readonly yawDegrees: number
  /** Mean of both eyes. */
  readonly eyeOpenness: number
}

/** From here on a head counts as turned … */
const turnedDegrees = 18
/** … and below this as straight again. Between them it stays what it was. */
export const straightDegrees = 12
/** Eyes count as closed below this part of how far this person opens them, and as open again above the other. */
const closedPart = 0.65
const openPart = 0.8
/** Where the person's own opening stands among the frames that look straight ahead, 0..1: most frames show open eyes. */
const openQuantile = 0.75

/** Frames in which a person is asked to look straight ahead, before the first step. */
const readyFrames = 3
/** A camera may stand so far to the side of what one looks at; whoever begins further away is turned. */
const maxOffsetDegrees = 15

/**
 * How far the camera stands to the side: what "straight ahead" is, is shown by the first frames.
 *
 * @param yaws  Degrees, in the order of the frames.
 * @returns degrees within ±15, to be taken off every yaw
 */
export function cameraOffset(yaws: readonly number[]): number {
  const middle = quantile(yaws.slice(0, readyFrames), 0.5)
  return Math.max(-maxOffsetDegrees, Math.min(maxOffsetDegrees, middle))
}

/**
 * What a person did before the camera, in order. How far eyes open differs from person to person, so they are measured
 * against their own, and only while the head is straight: of a turned head the mesh does not tell it well.
 */
export function findSteps(poses: readonly Pose[]): readonly FaceStep[] {
  const straight = poses.filter(({ yawDegrees }) => Math.abs(yawDegrees) <= straightDegrees)
  const openness = quantile(
    straight.map((pose) => pose.eyeOpenness),
    openQuantile,
  )
  const done: FaceStep[] = []
  let head: 'straight' | 'turn-left' | 'turn-right' | undefined
  let isOpen: boolean | undefined
  for (const { yawDegrees, eyeOpenness } of poses) {
    const turned = yawDegrees > 0 ? 'turn-left' : 'turn-right'
    if (Math.abs(yawDegrees) >= turnedDegrees) {
      // What began turned was not seen to turn.
      if (head !== undefined && head !== turned) done.push(turned)
      if (head !== undefined) head = turned
      isOpen = undefined
    } else if (Math.abs(yawDegrees) <= straightDegrees) {
      head = 'straight'
      if (eyeOpenness >= openness * openPart) {
        // A blink is over when the eyes are open again.
        if (isOpen === false) done.push('blink')
        isOpen = true
      } else if (eyeOpenness <= openness * closedPart && isOpen === true) isOpen = false
    }
  }
  return done
}

/** Whether the wanted steps were done in their order. People blink without being told to; they do not turn away so. */
export function isDone(wanted: readonly FaceStep[], done: readonly FaceStep[]): boolean {
  let next = 0
  for (const step of done) {
    if (step === wanted[next]) next += 1
    else if (step !== 'blink') return false
  }
  return next === wanted.length
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) * part)] ?? 0
}
