import type { AuthApi } from '@our-now/contracts/auth.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { hashCode } from '../codes/one-time-code.ts'
import type { ThrottleAddress } from '../throttle/address-throttle.ts'
import { asService, type Faces } from './face-way.ts'
import type { TakeTryOfDay } from './factor-tries.ts'
import { createFinishSignIn, type FinishSignInDeps } from './finish-sign-in.ts'
import { requirePendingSignIn } from './pending-sign-in-store.ts'

interface FaceStepDeps extends FinishSignInDeps {
  readonly throttleAddress: ThrottleAddress
  readonly takeTryOfDay: TakeTryOfDay
  /** Undefined: no vision service. */
  readonly faces: Faces | undefined
}

const purpose = 'sign-in'

/** What to do before the camera. Vision counts the failures, and refuses when there were too many. */
export function createBeginFaceStep(deps: FaceStepDeps): AuthApi['beginFaceStep'] {
  return async (context, { pendingToken }) => {
    await deps.throttleAddress(context)
    const { userId } = await requirePendingSignIn(
      deps.database.reader,
      hashCode(pendingToken),
      deps.clock.now(),
    )
    if (deps.faces === undefined) throw new AppError('face_off')
    return deps.faces.createChallenge(asService(context), { userId, purpose })
  }
}

/** A face that is refused leaves the sign-in as it is: the codes have their own tries. */
export function createCompleteSignInByFace(deps: FaceStepDeps): AuthApi['completeSignInByFace'] {
  const { database, clock, throttleAddress, takeTryOfDay, faces } = deps
  const finishSignIn = createFinishSignIn(deps)
  return async (context, { pendingToken, challengeId, frames }) => {
    await throttleAddress(context)
    const tokenHash = hashCode(pendingToken)
    const pending = await requirePendingSignIn(database.reader, tokenHash, clock.now())
    const { userId } = pending
    if (faces === undefined) throw new AppError('face_off')
    await takeTryOfDay(userId)
    const request = { challengeId, userId, purpose, frames } as const
    const { passed, reason, triesLeft } = await faces.verifyChallenge(asService(context), request)
    if (!passed) return { status: 'face_refused', reason: reason ?? 'no_match', triesLeft }
    return finishSignIn(tokenHash, pending, 'face')
  }
}
