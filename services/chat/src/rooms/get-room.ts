import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { findSummary } from './summary-store.ts'

/** One of the caller's rooms. */
export function createGetRoom({ database }: { database: Database }): ChatApi['getRoom'] {
  return (context, { roomId }) => getSummary(database, roomId, requireUser(context))
}

/** @throws {AppError} room_not_found for rooms that are absent or not the user's. */
export async function getSummary(database: Database, roomId: string, userId: string): Promise<RoomSummary> {
  const summary = await findSummary(database.reader, roomId, userId)
  if (summary === undefined) throw new AppError('room_not_found')
  return summary
}
