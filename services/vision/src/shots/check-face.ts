import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { Throttle } from '../callers/throttle.ts'
import { findConsent } from '../consents/consent-store.ts'
import { isInForce } from '../consents/consent-text.ts'
import type { Eyes } from '../pictures/look-at.ts'
import { enrolmentDemands, listMainFaces, listShotProblems, profileDemands } from './shot-problems.ts'

interface CheckFaceDeps {
  readonly database: Database
  readonly eyes: Eyes
  readonly throttle: Throttle
}

/** Nothing biometric is computed here: where a face is and how it is lit, not whose it is. */
export function createCheckFace({ database, eyes, throttle }: CheckFaceDeps): VisionApi['checkFace'] {
  return async (context, { purpose, picture }) => {
    const userId = requireUser(context)
    if (eyes.modelId === undefined) throw new AppError('face_off')
    if (purpose === 'enrolment' && !isInForce(await findConsent(database.reader, userId)))
      throw new AppError('consent_required')
    await throttle('check', userId)
    const analysis = await eyes.look(context, picture, { kind: 'selfie', isEmbedded: false })
    const problems = listShotProblems(analysis, purpose === 'enrolment' ? enrolmentDemands : profileDemands)
    const [face] = listMainFaces(analysis)
    if (face === undefined) return { problems: [...problems] }
    const { box, yawDegrees, pitchDegrees, sizePx } = face
    return { problems: [...problems], face: { box: clip(box), yawDegrees, pitchDegrees, sizePx } }
  }
}

/** As the contract bounds it: a box may reach beyond the picture, not without end. */
function clip(box: { left: number; top: number; width: number; height: number }): typeof box {
  const part = (value: number): number => Math.min(2, Math.max(-1, value))
  return { left: part(box.left), top: part(box.top), width: part(box.width), height: part(box.height) }
}
