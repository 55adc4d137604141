import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { ChallengeReason } from '@our-now/contracts/vision/shapes.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { requireSelfOrService } from '../callers/require-user.ts'
import type { Throttle } from '../callers/throttle.ts'
import type { Eyes } from '../pictures/look-at.ts'
import type { TemplateVault } from '../templates/template-vault.ts'
import { takeChallenge } from './challenge-store.ts'
import type { IsEnrolled } from './has-face.ts'
import { judgeFrames } from './judge-frames.ts'
import type { Tries } from './tries.ts'

interface VerifyChallengeDeps {
  readonly database: Database
  readonly eyes: Eyes
  readonly vault: TemplateVault
  readonly isEnrolled: IsEnrolled
  readonly tries: Tries
  readonly throttle: Throttle
  readonly clock: Clock
  readonly log: Logger
}

/** 1:1 against the person's own templates, never a search. A sequence that could not be looked at is not held against them. */
export function createVerifyChallenge(deps: VerifyChallengeDeps): VisionApi['verifyChallenge'] {
  const { database, eyes, vault, tries, throttle, clock, log } = deps
  return async (context, { challengeId, userId, purpose, frames }) => {
    requireSelfOrService(context, userId)
    const { modelId } = eyes
    if (modelId === undefined) throw new AppError('face_off')
    await throttle('verify', userId)
    const refuse = async (reason: ChallengeReason) => ({
      passed: false,
      reason,
      triesLeft: await tries.left(userId, purpose),
    })
    const wanted = { challengeId, userId, purpose, now: clock.now() }
    const challenge = await database.transaction((trx) => takeChallenge(trx, wanted))
    if (challenge === undefined) return refuse('challenge_ended')
    if (!(await deps.isEnrolled(userId))) return refuse('not_enrolled')
    const attempt = await tries.begin(userId, purpose)
    if (attempt === undefined) return refuse('locked_out')
    let reason: ChallengeReason | undefined
    try {
      const seen = await eyes.lookAtAll(context, frames, { kind: 'selfie', isEmbedded: true })
      const templates = (await vault.open(database.reader, [userId], modelId)).get(userId) ?? []
      reason = judgeFrames(seen, challenge.steps, templates)
    } catch (error) {
      await attempt.withdraw()
      throw error
    }
    log.info({ userId, purpose, passed: reason === undefined, reason }, 'face verified')
    if (reason !== undefined) return { passed: false, reason, triesLeft: attempt.triesLeft }
    await attempt.succeed()
    return { passed: true, triesLeft: await tries.left(userId, purpose) }
  }
}
