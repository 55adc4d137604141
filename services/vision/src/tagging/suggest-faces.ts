import { faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { Throttle } from '../callers/throttle.ts'
import { listSuggestible } from '../consents/consent-store.ts'
import { matchThresholds } from '../match-thresholds.ts'
import type { Eyes } from '../pictures/look-at.ts'
import type { TemplateVault } from '../templates/template-vault.ts'
import { matchPeople } from './match-people.ts'
import { listMemberIds, type Rooms } from './rooms.ts'
import { isTaggingOn } from './tag-store.ts'

interface SuggestFacesDeps {
  readonly database: Database
  readonly eyes: Eyes
  readonly vault: TemplateVault
  readonly rooms: Rooms
  readonly throttle: Throttle
}

const maxFaces = 200

/** Compares with nobody but those members of this room who allowed it, so nobody is found across rooms. */
export function createSuggestFaces(deps: SuggestFacesDeps): VisionApi['suggestFaces'] {
  const { database, eyes, vault, rooms } = deps
  return async (context, { roomId, picture }) => {
    const userId = requireUser(context)
    const { modelId } = eyes
    const memberIds = await listMemberIds(rooms, context, roomId)
    if (modelId === undefined) throw new AppError('face_off')
    if (!(await isTaggingOn(database.reader, roomId))) throw new AppError('tagging_off')
    await deps.throttle('suggest', userId)
    const allowed = await listSuggestible(database.reader, memberIds, faceConsentVersion)
    const people = await vault.open(database.reader, allowed, modelId)
    const analysis = await eyes.look(context, picture, { kind: 'photo', isEmbedded: people.size > 0 })
    const faces = analysis.faces.slice(0, maxFaces)
    const matched = matchPeople(
      faces.map(({ embedding }) => embedding),
      people,
      matchThresholds.suggestion,
    )
    return {
      width: analysis.width,
      height: analysis.height,
      faces: faces.map(({ box }, at) => {
        const suggested = matched[at]
        return suggested === undefined ? { box } : { box, userId: suggested }
      }),
    }
  }
}
