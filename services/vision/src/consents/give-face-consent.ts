import { faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { lockConsent, noteConsentEvent, putConsent } from './consent-store.ts'
import { consentTextHash, isInForce } from './consent-text.ts'
import type { ReadFaceSettings } from './read-face-settings.ts'

interface GiveFaceConsentDeps {
  readonly database: Database
  readonly readFaceSettings: ReadFaceSettings
  readonly isOn: boolean
  readonly clock: Clock
}

export function createGiveFaceConsent(deps: GiveFaceConsentDeps): VisionApi['giveFaceConsent'] {
  const { database, clock } = deps
  return async (context, { version, language }) => {
    const userId = requireUser(context)
    if (!deps.isOn) throw new AppError('face_off')
    if (version !== faceConsentVersion) throw new AppError('consent_outdated')
    await database.transaction(async (trx) => {
      // Agreeing again to what one agreed to is no new fact.
      if (isInForce(await lockConsent(trx, userId))) return
      const at = clock.now()
      await putConsent(trx, userId, { version, givenAt: at })
      const textHash = consentTextHash(language)
      await noteConsentEvent(trx, { userId, kind: 'given', version, language, textHash, at })
    })
    return deps.readFaceSettings(userId)
  }
}
