/** How the head is to be held for a shot; left and right are the person's own. */
export type Pose = 'straight' | 'left' | 'right'

/** One after the other: a person is found again more often when a little turned shots are there too. */
export const poses: readonly Pose[] = ['straight', 'left', 'right', 'straight']

/** Degrees. Further than `slight` is turned; what is further than the server takes it says itself. */
const straightDegrees = 10
const slightDegrees = 8

/** @param yawDegrees  Positive: to the person's left. */
export function hasPose(pose: Pose, yawDegrees: number): boolean {
  if (pose === 'straight') return Math.abs(yawDegrees) <= straightDegrees
  return pose === 'left' ? yawDegrees >= slightDegrees : yawDegrees <= -slightDegrees
}
