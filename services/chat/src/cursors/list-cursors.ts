import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { findAccess } from '../rooms/room-store.ts'
import { namedCursorLimit } from './cursor-move.ts'
import { listNamedCursors, listCursorHistogram } from './cursor-store.ts'

/** What the unread numbers of a room are counted from. */
export function createListCursors({ database }: { database: Database }): ChatApi['listCursors'] {
  return async (context, { roomId }) => {
    const access = await findAccess(database.reader, roomId, requireUser(context))
    if (access === undefined) throw new AppError('room_not_found')
    if (access.member_count > namedCursorLimit) return listCursorHistogram(database.reader, roomId)
    const named = await listNamedCursors(database.reader, roomId)
    // The room may have grown between the two questions.
    return (named.cursors?.length ?? 0) > namedCursorLimit
      ? listCursorHistogram(database.reader, roomId)
      : named
  }
}
