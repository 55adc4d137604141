import type { VideoRoom } from '@our-now/contracts/chat/video-room-operations.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import type { Flag } from '../rooms/room-store.ts'

export interface VideoRoomRow {
  readonly room_id: string
  readonly code: string
  readonly is_locked: Flag
}

export const insertVideoRoom = async (trx: Transaction, row: VideoRoomRow): Promise<void> => {
  await trx('video_rooms').insert(row)
}

export const findVideoRoom = (
  db: Queryable,
  where: Partial<Pick<VideoRoomRow, 'room_id' | 'code'>>,
): Promise<VideoRoomRow | undefined> => db<VideoRoomRow>('video_rooms').where(where).first()

export const lockVideoRoom = async (trx: Transaction, roomId: string, isLocked: Flag): Promise<void> => {
  await trx('video_rooms').where('room_id', roomId).update({ is_locked: isLocked })
}

export const deleteVideoRoom = async (trx: Transaction, roomId: string): Promise<void> => {
  await trx('video_rooms').where('room_id', roomId).delete()
}

export const toVideoRoom = (row: VideoRoomRow): VideoRoom => ({
  roomId: row.room_id,
  code: row.code,
  isLocked: row.is_locked === 1,
})
