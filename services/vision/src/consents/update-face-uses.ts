import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { findConsent, setMaySuggest } from './consent-store.ts'
import { isInForce } from './consent-text.ts'
import type { ReadFaceSettings } from './read-face-settings.ts'

interface UpdateFaceUsesDeps {
  readonly database: Database
  readonly readFaceSettings: ReadFaceSettings
  readonly isOn: boolean
}

/** Taking a permission back works always; giving one needs the features on and the text in force agreed to. */
export function createUpdateFaceUses(deps: UpdateFaceUsesDeps): VisionApi['updateFaceUses'] {
  const { database } = deps
  return async (context, { maySuggest }) => {
    const userId = requireUser(context)
    if (maySuggest && !deps.isOn) throw new AppError('face_off')
    if (maySuggest && !isInForce(await findConsent(database.reader, userId)))
      throw new AppError('consent_required')
    const isNoted = await database.transaction((trx) => setMaySuggest(trx, userId, maySuggest))
    if (maySuggest && !isNoted) throw new AppError('consent_required')
    return deps.readFaceSettings(userId)
  }
}
