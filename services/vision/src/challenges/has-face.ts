import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireSelfOrService } from '../callers/require-user.ts'
import { findConsent } from '../consents/consent-store.ts'
import { findEnrolment } from '../templates/template-store.ts'

/** Whether somebody's face can be compared now: agreed to, enrolled, and with the model that is in use. */
export type IsEnrolled = (userId: string) => Promise<boolean>

/** @param modelId  Undefined: face features are off. */
export function createIsEnrolled(database: Database, modelId: string | undefined): IsEnrolled {
  return async (userId) => {
    if (modelId === undefined || (await findConsent(database.reader, userId)) === undefined) return false
    return (await findEnrolment(database.reader, userId))?.modelIds.includes(modelId) ?? false
  }
}

export function createHasFace(isEnrolled: IsEnrolled): VisionApi['hasFace'] {
  return async (context, { userId }) => {
    requireSelfOrService(context, userId)
    return { hasFace: await isEnrolled(userId) }
  }
}
