import type { MemberRole, RoomKind } from '@our-now/contracts/rooms.ts'
import type { Transaction } from '@our-now/platform/database/database.ts'
import { byPrimaryKey, lockRows } from '@our-now/platform/database/dialect.ts'
import type { Knex } from 'knex'

/** SQL has no boolean that all our databases share. */
export type Flag = 0 | 1

export interface RoomRow {
  readonly room_id: string
  readonly kind: RoomKind
  name: string
  readonly created_at_ms: number
  last_seq: number
  last_ordinal: number
  /** Counts changes of who is in. */
  membership_rev: number
  /** Counts changes of the cursors that others see. */
  cursor_rev: number
  member_count: number
  active_at_ms: number
}

export interface MembershipRow {
  readonly room_id: string
  readonly user_id: string
  role: MemberRole
  readonly joined_at_ms: number
  joined_seq: number
  read_seq: number
  read_ordinal: number
  public_joined_seq: number
  public_read_seq: number
  is_muted: Flag
  is_pinned: Flag
  is_listed: Flag
  visible_ordinal: number | null
  visible_active_at_ms: number | null
}

/** The room rows that exist, locked until the transaction ends, in id order so that writers never wait crosswise. */
export async function lockRooms(
  trx: Transaction,
  roomIds: readonly string[],
  { mayWait }: { mayWait: boolean },
): Promise<Map<string, RoomRow>> {
  const query = trx<RoomRow>(byPrimaryKey(trx, 'rooms')).whereIn('room_id', roomIds).orderBy('room_id')
  const rows: RoomRow[] = await lockRows(query, trx, { mayWait })
  return new Map(rows.map((row) => [row.room_id, row]))
}

/** Fails on a room that another replica made meanwhile, and which therefore was not locked. */
export async function insertRooms(trx: Transaction, rows: readonly RoomRow[]): Promise<void> {
  if (rows.length > 0) await trx('rooms').insert(rows)
}

/** Writes whole rows anew; the caller holds their locks. */
export async function updateRooms(trx: Transaction, rows: readonly RoomRow[]): Promise<void> {
  if (rows.length === 0) return
  await trx('rooms')
    .insert(rows)
    .onConflict('room_id')
    .merge([
      'name',
      'last_seq',
      'last_ordinal',
      'membership_rev',
      'cursor_rev',
      'member_count',
      'active_at_ms',
    ])
}

/** Members `userIds` of each room, one query for all rooms. The caller holds the room locks. */
export async function listMembershipsAmong(
  db: Knex,
  wanted: ReadonlyMap<string, readonly string[]>,
): Promise<MembershipRow[]> {
  const pairs = [...wanted].filter(([, userIds]) => userIds.length > 0)
  if (pairs.length === 0) return []
  return db<MembershipRow>('memberships').where((any) => {
    for (const [roomId, userIds] of pairs) {
      void any.orWhere((one) => void one.where('room_id', roomId).whereIn('user_id', [...userIds]))
    }
  })
}

export async function listMembershipsOfRooms(db: Knex, roomIds: readonly string[]): Promise<MembershipRow[]> {
  if (roomIds.length === 0) return []
  return db<MembershipRow>('memberships')
    .whereIn('room_id', roomIds)
    .orderBy(['room_id', 'public_joined_seq', 'user_id'])
}

/** Writes whole rows, new or known; the caller holds the rooms' locks. Rows go in parts: 1,000 members at once are
 * more variables than a statement may have. */
export async function putMemberships(trx: Transaction, rows: readonly MembershipRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 200) {
    await trx('memberships')
      .insert(rows.slice(from, from + 200))
      .onConflict(['room_id', 'user_id'])
      .merge()
  }
}

export async function deleteMemberships(
  trx: Transaction,
  roomId: string,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return
  await trx('memberships').where('room_id', roomId).whereIn('user_id', userIds).delete()
}

/** What reads of a room need to know of the reader. */
export interface RoomAccess {
  readonly room_id: string
  readonly kind: RoomKind
  readonly last_seq: number
  readonly cursor_rev: number
  readonly member_count: number
  readonly joined_seq: number
}

/** One statement for all rooms; without those that are absent or not the user's, which nobody shall tell apart. */
export async function listAccess(
  db: Knex,
  roomIds: readonly string[],
  userId: string,
): Promise<RoomAccess[]> {
  return db('memberships as m')
    .join('rooms as r', 'r.room_id', 'm.room_id')
    .where('m.user_id', userId)
    .whereIn('m.room_id', [...roomIds])
    .select<RoomAccess[]>(
      'r.room_id',
      'r.kind',
      'r.last_seq',
      'r.cursor_rev',
      'r.member_count',
      'm.joined_seq',
    )
}

export async function findAccess(db: Knex, roomId: string, userId: string): Promise<RoomAccess | undefined> {
  return (await listAccess(db, [roomId], userId))[0]
}
