import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { requireService } from '../callers/require-user.ts'
import type { Throttle } from '../callers/throttle.ts'
import { findConsent, lockConsent } from '../consents/consent-store.ts'
import { isInForce } from '../consents/consent-text.ts'
import type { ReadFaceSettings } from '../consents/read-face-settings.ts'
import type { Eyes } from '../pictures/look-at.ts'
import type { TemplateVault } from '../templates/template-vault.ts'
import { judgeShots } from './judge-shots.ts'

interface EnrolShotsDeps {
  readonly database: Database
  readonly eyes: Eyes
  readonly vault: TemplateVault
  readonly throttle: Throttle
  readonly readFaceSettings: ReadFaceSettings
  readonly clock: Clock
  readonly log: Logger
}

/** Auth asks, once the password was right: a face opens things. Consent is asked for twice: before anybody looks at a shot, and again where the templates are stored. */
export function createEnrolShots(deps: EnrolShotsDeps): VisionApi['enrolShots'] {
  const { database, eyes, vault, throttle, clock, log } = deps
  return async (context, { userId, shots }) => {
    requireService(context)
    const { modelId } = eyes
    if (modelId === undefined) throw new AppError('face_off')
    if (!isInForce(await findConsent(database.reader, userId))) throw new AppError('consent_required')
    await throttle('enrol', userId)
    if (new Set(shots).size < shots.length) throw new AppError('shots_alike')
    const analyses = await eyes.lookAtAll(context, shots, { kind: 'selfie', isEmbedded: true })
    const judged = judgeShots(analyses)
    if ('problem' in judged) {
      const field = judged.shot === undefined ? {} : { field: `/shots/${judged.shot}` }
      throw new AppError(judged.problem, undefined, field)
    }
    await database.transaction(async (trx) => {
      if (!isInForce(await lockConsent(trx, userId))) throw new AppError('consent_required')
      await vault.replace(trx, userId, { modelId, embeddings: judged.embeddings, now: clock.now() })
    })
    log.info({ userId, templates: judged.embeddings.length, modelId }, 'face enrolled')
    return deps.readFaceSettings(userId)
  }
}
