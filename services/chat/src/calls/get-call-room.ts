import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { listBlockPairs } from '../people/block-store.ts'
import { findRunningCall } from './running-call-store.ts'
import { findAccess, listMembershipsAmong, listMembershipsOfRooms } from '../rooms/room-store.ts'

/** For media: may this person call here, as what, and who is to be rung. */
export function createGetCallRoom({ database }: { database: Database }): ChatApi['getCallRoom'] {
  const { reader } = database
  return async (context, { roomId }) => {
    const callerId = requireUser(context)
    const access = await findAccess(reader, roomId, callerId)
    const [membership] = await listMembershipsAmong(reader, new Map([[roomId, [callerId]]]))
    if (access === undefined || membership === undefined) throw new AppError('room_not_found')
    const { kind } = access
    const { role } = membership
    const running = await findRunningCall(reader, roomId)
    const base = { kind, role, ...(running && { running }) }
    if (kind !== 'direct') return base
    const members = await listMembershipsOfRooms(reader, [roomId])
    const other = members.find(({ user_id: userId }) => userId !== callerId)
    if (other === undefined) return base
    const userId = other.user_id
    const blocks = await listBlockPairs(reader, [
      { blockerId: callerId, blockedId: userId },
      { blockerId: userId, blockedId: callerId },
    ])
    return {
      ...base,
      other: {
        userId,
        isBlocked: blocks.some(({ blockerId }) => blockerId === callerId),
        isBlocking: blocks.some(({ blockerId }) => blockerId === userId),
      },
    }
  }
}
