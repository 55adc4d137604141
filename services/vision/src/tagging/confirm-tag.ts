import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { v7 as uuidv7 } from 'uuid'
import { requireUser } from '../callers/require-user.ts'
import { isInForce } from '../consents/consent-text.ts'
import { lockConsent } from '../consents/consent-store.ts'
import { listMemberIds, type Rooms } from './rooms.ts'
import { insertTag, isTaggingOn } from './tag-store.ts'

interface ConfirmTagDeps {
  readonly database: Database
  readonly rooms: Rooms
  readonly isOn: boolean
  readonly clock: Clock
}

/** Only those who allow to be suggested are tagged. Whether the photo is one of the room is for the files service to say. */
export function createConfirmTag(deps: ConfirmTagDeps): VisionApi['confirmTag'] {
  const { database, rooms, clock } = deps
  return async (context, { roomId, photoId, userId, box }) => {
    const confirmedBy = requireUser(context)
    const memberIds = await listMemberIds(rooms, context, roomId)
    if (!deps.isOn) throw new AppError('face_off')
    if (!(await isTaggingOn(database.reader, roomId))) throw new AppError('tagging_off')
    if (!memberIds.includes(userId)) throw new AppError('tag_refused')
    return database.transaction(async (trx) => {
      // Locked: a withdrawal takes tags away, and none may slip in after it.
      const consent = await lockConsent(trx, userId)
      if (!isInForce(consent) || !consent.maySuggest) throw new AppError('tag_refused')
      const tag = { tagId: uuidv7(), roomId, photoId, userId, confirmedBy, confirmedAt: clock.now(), box }
      return insertTag(trx, tag)
    })
  }
}
