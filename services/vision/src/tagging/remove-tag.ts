import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { Rooms } from './rooms.ts'
import { deleteTag, findTag, listTagsIn } from './tag-store.ts'

interface TagDeps {
  readonly database: Database
  readonly rooms: Rooms
}

/** A person's own tag goes also when they have left the room, when tagging is off and when face features are. */
export function createRemoveTag({ database, rooms }: TagDeps): VisionApi['removeTag'] {
  return async (context, { roomId, tagId }) => {
    const userId = requireUser(context)
    const tag = await findTag(database.reader, tagId)
    if (tag?.userId !== userId) await rooms.getRoom(context, { roomId })
    if (tag === undefined || tag.roomId !== roomId) return {}
    if (tag.userId !== userId && tag.confirmedBy !== userId) throw new AppError('forbidden')
    await database.transaction((trx) => deleteTag(trx, tagId))
    return {}
  }
}

export function createListTags({ database, rooms }: TagDeps): VisionApi['listTags'] {
  return async (context, { roomId, photoId }) => {
    await rooms.getRoom(context, { roomId })
    return { tags: await listTagsIn(database.reader, { roomId, photoId }) }
  }
}
