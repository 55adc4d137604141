import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { v7 as uuidv7 } from 'uuid'
import { requireSelfOrService } from '../callers/require-user.ts'
import { insertChallenge } from './challenge-store.ts'
import type { IsEnrolled } from './has-face.ts'
import { randomSteps } from './random-steps.ts'
import type { Tries } from './tries.ts'

interface CreateChallengeDeps {
  readonly database: Database
  readonly isEnrolled: IsEnrolled
  readonly isOn: boolean
  readonly tries: Tries
  readonly clock: Clock
  readonly ttlMs: number
  /** How long failures lock, to be told to those who wait. */
  readonly lockMs: number
}

export function createCreateChallenge(deps: CreateChallengeDeps): VisionApi['createChallenge'] {
  const { database, tries, clock } = deps
  return async (context, { userId, purpose }) => {
    requireSelfOrService(context, userId)
    if (!deps.isOn) throw new AppError('face_off')
    if (!(await deps.isEnrolled(userId))) throw new AppError('face_not_enrolled')
    const triesLeft = await tries.left(userId, purpose)
    if (triesLeft === 0) throw new AppError('face_locked', undefined, { retryAfterMs: deps.lockMs })
    const challenge = {
      challengeId: uuidv7(),
      userId,
      purpose,
      steps: randomSteps(),
      expiresAt: clock.now() + deps.ttlMs,
    }
    await database.transaction((trx) => insertChallenge(trx, challenge))
    const { challengeId, steps, expiresAt } = challenge
    return { challengeId, steps, expiresAt, triesLeft }
  }
}
