import { faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import type { FaceSettings } from '@our-now/contracts/vision/shapes.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { findEnrolment } from '../templates/template-store.ts'
import { findConsent } from './consent-store.ts'

/** What a person sees of their own face features. */
export type ReadFaceSettings = (userId: string) => Promise<FaceSettings>

/** @param modelId  Of the embeddings that are made now; undefined: face features are off. */
export function createReadFaceSettings(database: Database, modelId: string | undefined): ReadFaceSettings {
  return async (userId) => {
    const consent = await findConsent(database.reader, userId)
    const enrolment = await findEnrolment(database.reader, userId)
    return {
      isOn: modelId !== undefined,
      consentVersion: faceConsentVersion,
      maySuggest: consent?.maySuggest ?? false,
      ...(consent === undefined ? {} : { consent: { version: consent.version, givenAt: consent.givenAt } }),
      ...(enrolment === undefined
        ? {}
        : {
            enrolment: {
              templates: enrolment.templates,
              enrolledAt: enrolment.enrolledAt,
              isCurrent: modelId === undefined || enrolment.modelIds.every((id) => id === modelId),
            },
          }),
    }
  }
}
