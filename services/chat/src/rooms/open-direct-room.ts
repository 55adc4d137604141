import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { getSummary } from './get-room.ts'
import { listLoggedProfiles } from './logged-profile.ts'
import { newMembership } from './new-membership.ts'
import { directRoomId } from './room-ids.ts'

/** The 1:1 room of the caller and another person, made when there is none. */
export function createOpenDirectRoom({
  database,
  writer,
}: {
  database: Database
  writer: RoomWriter
}): ChatApi['openDirectRoom'] {
  return async (context, { userId: otherId }) => {
    const userId = requireUser(context)
    if (userId === otherId) throw new AppError('cannot_target_self')
    const profiles = await listLoggedProfiles(database.reader, [userId, otherId])
    const roomId = directRoomId(userId, otherId)
    await writer.run({
      roomId,
      memberIds: [userId],
      bytes: 1_000,
      run: (room) => openInRoom(room, userId, profiles),
    })
    return getSummary(database, roomId, userId)
  }
}

async function openInRoom(room: LockedRoom, openerId: string, profiles: readonly Profile[]): Promise<void> {
  if (room.find() === undefined) makeDirectRoom(room, openerId, profiles)
  const opener = await room.getMember(openerId)
  if (opener.is_listed === 1) return
  room.putMember({ ...opener, is_listed: 1 })
  room.tell({ userId: openerId, event: { kind: 'room-joined' } })
}

/** Nobody sees the room in their list yet: the opener does at once, the other when something is said. */
function makeDirectRoom(room: LockedRoom, openerId: string, profiles: readonly Profile[]): void {
  room.create({ kind: 'direct', name: '' })
  for (const { userId } of profiles) {
    room.putMember(newMembership(room, { userId, role: 'member', joinedSeq: 0, isListed: 0 }))
  }
  room.append({ kind: 'room-created', actorId: openerId, members: [...profiles], roomKind: 'direct' })
}
