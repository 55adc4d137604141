import type { Client } from '@our-now/client/client.ts'
import type { FaceProblem } from '@our-now/contracts/vision/shapes.ts'
import { grabFrame } from '../../shared/camera/grab-picture.ts'
import { hasPose, poses } from './capture-poses.ts'

/** Between two looks, in ms. */
const lookMs = 600
/** A pose is a wish: after so many good looks without it, in a row, another good shot will do. */
const patience = 5

/** What the person is told after each look. */
export interface Look {
  readonly taken: number
  /** What is wrong; undefined: nothing. */
  readonly problem: FaceProblem | undefined
  readonly isTaken: boolean
}

/**
 * Takes the shots of an enrolment by itself: the server looks at one picture after the other and says what is wrong.
 *
 * @returns undefined when it was given up
 * @throws {ClientError} when the server cannot look
 */
export async function captureShots(
  video: HTMLVideoElement,
  {
    client,
    onLook,
    signal,
  }: {
    readonly client: Client
    readonly onLook: (look: Look) => void
    readonly signal: AbortSignal
  },
): Promise<readonly Blob[] | undefined> {
  const shots: Blob[] = []
  for (let goodLooks = 0; shots.length < poses.length; await pause()) {
    const picture = await grabFrame(video)
    const { problems, face } = await client.api.checkFace({ purpose: 'enrolment', picture })
    if (signal.aborted) return undefined
    const [problem] = problems
    goodLooks = problem === undefined ? goodLooks + 1 : 0
    const isWanted = hasPose(poses[shots.length] ?? 'straight', face?.yawDegrees ?? 0)
    // A picture that stands still has the same bytes; no two of a camera that sees anything have.
    const isNew = shots.every((shot) => shot.size !== picture.size)
    const isTaken = problem === undefined && isNew && (isWanted || goodLooks > patience)
    if (isTaken) {
      shots.push(picture)
      goodLooks = 0
    }
    onLook({ taken: shots.length, problem, isTaken })
  }
  return signal.aborted ? undefined : shots
}

const pause = () => new Promise((resolve) => setTimeout(resolve, lookMs))
