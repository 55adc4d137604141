import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { requireUser } from '../callers/require-user.ts'
import { deleteChallengesOf } from '../challenges/challenge-store.ts'
import { deleteConsent, findConsent, lockConsent, noteConsentEvent } from '../consents/consent-store.ts'
import { countTagsOf, deleteTagsOf } from '../tagging/tag-store.ts'
import { countFaceRows, deleteTemplates } from '../templates/template-store.ts'

interface DeleteFaceDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
}

/** Works also while face features are off: what was given can always be taken back. */
export function createDeleteFace({ database, clock, log }: DeleteFaceDeps): VisionApi['deleteFace'] {
  return async (context) => {
    const userId = requireUser(context)
    await database.transaction(async (trx) => {
      const consent = await lockConsent(trx, userId)
      await deleteTemplates(trx, userId)
      await deleteChallengesOf(trx, userId)
      await deleteTagsOf(trx, userId)
      await deleteConsent(trx, userId)
      if (consent !== undefined) {
        const { version } = consent
        await noteConsentEvent(trx, { userId, kind: 'withdrawn', version, at: clock.now() })
      }
    })
    // By another connection than the one that deleted: what everybody else would read.
    const left = {
      ...(await countFaceRows(database.reader, userId)),
      tags: await countTagsOf(database.reader, userId),
    }
    const hasConsent = (await findConsent(database.reader, userId)) !== undefined
    if (hasConsent || Object.values(left).some((count) => count > 0)) {
      log.error({ userId, left, hasConsent }, 'something of a face is left after its deletion')
      throw new AppError('internal')
    }
    log.info({ userId }, 'face deleted')
    return { left, verifiedAt: clock.now() }
  }
}
