import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { listMembershipsAmong, type RoomRow } from './room-store.ts'

/** For gateways: who of their users may hear this room. Of an absent room nobody is a member. */
export function createFilterMembers({ database }: { database: Database }): ChatApi['filterMembers'] {
  return async (_context, { roomId, userIds }) => {
    // The rev first: a member list that is newer than its rev is only checked once more.
    const room = await database.reader<RoomRow>('rooms').where('room_id', roomId).first()
    if (room === undefined) return { membershipRev: 0, userIds: [], memberCount: 0 }
    const members = await listMembershipsAmong(database.reader, new Map([[roomId, userIds]]))
    return {
      membershipRev: room.membership_rev,
      userIds: members.map((member) => member.user_id),
      memberCount: room.member_count,
    }
  }
}
