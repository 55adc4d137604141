import type { MyProfile, Profile } from '@our-now/contracts/people.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import { byPrimaryKey, lockRows, unchanged } from '@our-now/platform/database/dialect.ts'
import { listVeiled } from './block-store.ts'

export interface ProfileRow {
  readonly user_id: string
  readonly handle: string
  readonly display_name: string
  readonly sort_key: string
  readonly status_message: string
  readonly presence_visible: 0 | 1
  readonly friend_invite_code: string
  readonly created_at_ms: number
  readonly renamed_at_ms: number
}

/**
 * Profiles by user id, for rooms: unknown ids are absent. What is told to many at once (member lists, room events)
 * carries no status message, since not everybody in a room may see it.
 */
export async function listProfiles(db: Queryable, userIds: readonly string[]): Promise<Map<string, Profile>> {
  const rows = await listProfileRows(db, userIds)
  return new Map([...rows].map(([userId, row]) => [userId, toProfile(row, { isVeiled: true })]))
}

/** Profiles as one person sees them: the status message is empty where a block at level `profile` stands between. */
export async function listProfilesFor(
  db: Queryable,
  viewerId: string,
  userIds: readonly string[],
): Promise<Map<string, Profile>> {
  const rows = await listProfileRows(db, userIds)
  const veiled = await listVeiled(db, viewerId, userIds)
  return new Map([...rows].map(([userId, row]) => [userId, toProfile(row, { isVeiled: veiled.has(userId) })]))
}

/** Those of the people who let others see whether they are there. */
export async function listPresenceVisible(db: Queryable, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await db<ProfileRow>('profiles')
    .whereIn('user_id', [...userIds])
    .where('presence_visible', 1)
    .select('user_id')
  return new Set(rows.map((row) => row.user_id))
}

export async function findProfile(
  db: Queryable,
  by: { user_id: string } | { handle: string } | { friend_invite_code: string },
): Promise<ProfileRow | undefined> {
  return db<ProfileRow>('profiles').where(by).first()
}

/** The profiles that exist, locked until the transaction ends, in id order so that writers never wait crosswise. */
export async function lockProfiles(
  trx: Transaction,
  userIds: readonly string[],
): Promise<Map<string, ProfileRow>> {
  const query = trx<ProfileRow>(byPrimaryKey(trx, 'profiles'))
    .whereIn('user_id', [...userIds])
    .orderBy('user_id')
  const rows: ProfileRow[] = await lockRows(query, trx)
  return new Map(rows.map((row) => [row.user_id, row]))
}

/** @returns whether it was new; the row of an earlier call stays as it is. */
export async function insertProfile(trx: Transaction, row: ProfileRow): Promise<boolean> {
  if ((await findProfile(trx, { user_id: row.user_id })) !== undefined) return false
  await trx('profiles')
    .insert(row)
    .onConflict('user_id')
    .merge({ user_id: unchanged(trx, 'profiles', 'user_id') })
  const stored = await findProfile(trx, { user_id: row.user_id })
  if (stored === undefined) throw new Error('a handle that belongs to another account')
  // Another replica may have been quicker: only the one whose code is stored made it.
  return stored.friend_invite_code === row.friend_invite_code
}

/** Writes what may change of a profile; the caller holds its lock. */
export async function updateProfileRow(trx: Transaction, row: ProfileRow): Promise<void> {
  const { display_name, sort_key, renamed_at_ms, status_message, presence_visible, friend_invite_code } = row
  await trx('profiles')
    .where('user_id', row.user_id)
    .update({ display_name, sort_key, renamed_at_ms, status_message, presence_visible, friend_invite_code })
}

export function toProfile(row: ProfileRow, { isVeiled }: { isVeiled: boolean }): Profile {
  return {
    userId: row.user_id,
    handle: row.handle,
    displayName: row.display_name,
    statusMessage: isVeiled ? '' : row.status_message,
  }
}

export function toMyProfile(row: ProfileRow): MyProfile {
  return { ...toProfile(row, { isVeiled: false }), presenceVisible: row.presence_visible === 1 }
}

async function listProfileRows(db: Queryable, userIds: readonly string[]): Promise<Map<string, ProfileRow>> {
  if (userIds.length === 0) return new Map()
  const rows = await db<ProfileRow>('profiles').whereIn('user_id', [...userIds])
  return new Map(rows.map((row) => [row.user_id, row]))
}
