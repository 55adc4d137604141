import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { getSummary } from './get-room.ts'
import { isOfMany } from './is-of-many.ts'
import { normaliseRoomName } from './room-name.ts'

/** Any member names a group; an empty name shows the members' names again. */
export function createRenameRoom({
  database,
  writer,
}: {
  database: Database
  writer: RoomWriter
}): ChatApi['renameRoom'] {
  return async (context, { roomId, name: written }) => {
    const userId = requireUser(context)
    const name = normaliseRoomName(written)
    await writer.run({
      roomId,
      memberIds: [userId],
      bytes: 1_000,
      run: async (room) => {
        await room.getMember(userId)
        if (!isOfMany(room.get().kind)) throw new AppError('room_is_direct')
        if (room.get().name === name) return
        room.append({ kind: 'room-renamed', actorId: userId, name })
        room.change().name = name
      },
    })
    return getSummary(database, roomId, userId)
  }
}
