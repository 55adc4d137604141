import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Knex } from 'knex'
import type { RoomRow } from '../rooms/room-store.ts'

type RoomHead = Awaited<ReturnType<ChatApi['listHeads']>>['rooms'][number]

/** Heads of the rooms that exist. */
export async function listRoomHeads(db: Knex, roomIds: readonly string[]): Promise<RoomHead[]> {
  if (roomIds.length === 0) return []
  const rows = await db<RoomRow>('rooms')
    .whereIn('room_id', [...roomIds])
    .select('room_id', 'last_seq', 'membership_rev', 'cursor_rev')
  return rows.map(toRoomHead)
}

/** Heads of the rooms in a user's list, by room id, after `afterRoomId`. */
export async function listHeadsOfUser(
  db: Knex,
  { userId, afterRoomId, limit }: { userId: string; afterRoomId: string; limit: number },
): Promise<RoomHead[]> {
  const rows: RoomRow[] = await db('memberships as m')
    .join('rooms as r', 'r.room_id', 'm.room_id')
    .where('m.user_id', userId)
    .where('m.is_listed', 1)
    .where('m.room_id', '>', afterRoomId)
    .orderBy('m.room_id')
    .limit(limit)
    .select('r.room_id', 'r.last_seq', 'r.membership_rev', 'r.cursor_rev')
  return rows.map(toRoomHead)
}

export const toRoomHead = (
  row: Pick<RoomRow, 'room_id' | 'last_seq' | 'membership_rev' | 'cursor_rev'>,
): RoomHead => ({
  roomId: row.room_id,
  head: row.last_seq,
  membershipRev: row.membership_rev,
  cursorRev: row.cursor_rev,
})
