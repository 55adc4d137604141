import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { isOfMany } from './is-of-many.ts'
import { getLoggedProfile } from './logged-profile.ts'

/** The owner takes a member out of a group or a video room. */
export function createRemoveMember({ writer }: { writer: RoomWriter }): ChatApi['removeMember'] {
  return async (context, { roomId, userId: targetId }) => {
    const ownerId = requireUser(context)
    await writer.run({
      roomId,
      memberIds: [ownerId, targetId],
      bytes: 1_000,
      run: (room) => removeFromRoom(room, ownerId, targetId),
    })
    return {}
  }
}

async function removeFromRoom(room: LockedRoom, ownerId: string, targetId: string): Promise<void> {
  const owner = await room.getMember(ownerId)
  if (!isOfMany(room.get().kind) || owner.role !== 'owner') throw new AppError('forbidden')
  if (ownerId === targetId) throw new AppError('cannot_target_self')
  if ((await room.findMember(targetId)) === undefined) throw new AppError('user_not_found')
  const member = await getLoggedProfile(room.trx, targetId)

  room.append({ kind: 'member-left', actorId: ownerId, member, reason: 'removed' })
  room.change().membership_rev += 1
  room.removeMember(targetId)
  room.tell({ userId: targetId, event: { kind: 'room-left', roomId: room.roomId } })
}
