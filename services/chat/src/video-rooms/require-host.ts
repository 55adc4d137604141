import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { listMembershipsAmong, type MembershipRow } from '../rooms/room-store.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import { findVideoRoom, type VideoRoomRow } from './video-room-store.ts'

/** The room's door, to its members. @throws {AppError} room_not_found also for rooms that are no video rooms */
export async function getVideoRoomOf(
  { reader }: Pick<Database, 'reader'>,
  roomId: string,
  userId: string,
): Promise<{ room: VideoRoomRow; member: MembershipRow }> {
  const [member] = await listMembershipsAmong(reader, new Map([[roomId, [userId]]]))
  const room = member && (await findVideoRoom(reader, { room_id: roomId }))
  if (member === undefined || room === undefined) throw new AppError('room_not_found')
  return { room, member }
}

/** As `getVideoRoomOf`, to the host. @throws {AppError} forbidden for the other members */
export async function requireHost(
  database: Pick<Database, 'reader'>,
  roomId: string,
  userId: string,
): Promise<VideoRoomRow> {
  const { room, member } = await getVideoRoomOf(database, roomId, userId)
  if (member.role !== 'owner') throw new AppError('forbidden')
  return room
}

/** The same of a room that is locked for writing. */
export async function requireHostIn(room: LockedRoom, userId: string): Promise<void> {
  const { role } = await room.getMember(userId)
  if (room.get().kind !== 'video') throw new AppError('room_not_found')
  if (role !== 'owner') throw new AppError('forbidden')
}
