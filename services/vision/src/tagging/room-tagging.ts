import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { Rooms } from './rooms.ts'
import { isTaggingOn, setTagging } from './tag-store.ts'

interface RoomTaggingDeps {
  readonly database: Database
  readonly rooms: Rooms
  readonly isOn: boolean
  readonly clock: Clock
}

/** Its owner; in a room of two or of one, everybody in it. */
const mayChange = ({ kind, membership }: RoomSummary): boolean =>
  kind !== 'group' || membership.role === 'owner'

export function createGetRoomTagging({ database, rooms }: RoomTaggingDeps): VisionApi['getRoomTagging'] {
  return async (context, { roomId }) => {
    const room = await rooms.getRoom(context, { roomId })
    return { isOn: await isTaggingOn(database.reader, roomId), mayChange: mayChange(room) }
  }
}

export function createSetRoomTagging(deps: RoomTaggingDeps): VisionApi['setRoomTagging'] {
  const { database, rooms, clock } = deps
  return async (context, { roomId, isOn }) => {
    const by = requireUser(context)
    if (!mayChange(await rooms.getRoom(context, { roomId }))) throw new AppError('forbidden')
    if (isOn && !deps.isOn) throw new AppError('face_off')
    await database.transaction((trx) => setTagging(trx, roomId, { isOn, by, now: clock.now() }))
    return {}
  }
}
