import type { Friend, Profile } from '@our-now/contracts/people.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

export interface FriendRow {
  /** Whose friend list it is. */
  readonly user_id: string
  readonly friend_id: string
  readonly is_favourite: 0 | 1
  readonly is_hidden: 0 | 1
  readonly added_at_ms: number
  readonly changed_at_ms: number
}

/** A friend with what the list is sorted by. */
export interface SortedFriendRow extends FriendRow {
  readonly sort_key: string
}

/** Where a page of friends ends. */
export type FriendPosition = readonly [isFavourite: 0 | 1, sortKey: string, friendId: string]

export async function findFriend(
  db: Queryable,
  userId: string,
  friendId: string,
): Promise<FriendRow | undefined> {
  return db<FriendRow>('friends').where({ user_id: userId, friend_id: friendId }).first()
}

export async function countFriends(db: Queryable, userId: string): Promise<number> {
  const row = await db('friends').where({ user_id: userId }).count({ friends: '*' }).first<{
    friends: number | string
  }>()
  return Number(row.friends)
}

/** The person must not be on the list yet. */
export async function insertFriend(
  trx: Transaction,
  { userId, friendId, at }: { userId: string; friendId: string; at: number },
): Promise<FriendRow> {
  const row: FriendRow = {
    user_id: userId,
    friend_id: friendId,
    is_favourite: 0,
    is_hidden: 0,
    added_at_ms: at,
    changed_at_ms: at,
  }
  await trx('friends').insert(row)
  return row
}

export async function updateFriendRow(trx: Transaction, row: FriendRow): Promise<void> {
  const { user_id, friend_id, is_favourite, is_hidden, changed_at_ms } = row
  await trx('friends').where({ user_id, friend_id }).update({ is_favourite, is_hidden, changed_at_ms })
}

export async function deleteFriend(trx: Transaction, userId: string, friendId: string): Promise<void> {
  await trx('friends').where({ user_id: userId, friend_id: friendId }).delete()
}

/** A page in list order: favourites, then by sort key. */
export async function listFriendRows(
  db: Queryable,
  { userId, after, limit }: { userId: string; after: FriendPosition | undefined; limit: number },
): Promise<SortedFriendRow[]> {
  const query = friendsWithKeys(db, userId)
  if (after !== undefined) {
    const [isFavourite, sortKey, friendId] = after
    void query.where((next) => {
      void next.where('f.is_favourite', '<', isFavourite)
      void next.orWhere(
        (same) =>
          void same
            .where('f.is_favourite', isFavourite)
            .where(
              (later) =>
                void later
                  .where('p.sort_key', '>', sortKey)
                  .orWhere(
                    (tie) => void tie.where('p.sort_key', sortKey).where('f.friend_id', '>', friendId),
                  ),
            ),
      )
    })
  }
  return query
    .orderBy([{ column: 'f.is_favourite', order: 'desc' }, 'p.sort_key', 'f.friend_id'])
    .limit(limit)
}

/** Friends whose place in the list changed since an instant, by user id. */
export async function listMovedFriendRows(
  db: Queryable,
  {
    userId,
    sinceMs,
    afterId,
    limit,
  }: { userId: string; sinceMs: number; afterId: string | undefined; limit: number },
): Promise<SortedFriendRow[]> {
  const query = friendsWithKeys(db, userId).where(
    (moved) => void moved.where('f.changed_at_ms', '>=', sinceMs).orWhere('p.renamed_at_ms', '>=', sinceMs),
  )
  if (afterId !== undefined) void query.where('f.friend_id', '>', afterId)
  return query.orderBy('f.friend_id').limit(limit)
}

/** People who have the person as a friend and whom the person neither has nor blocks, newest first. */
export async function listAdmirerRows(
  db: Queryable,
  { userId, after, limit }: { userId: string; after: readonly [number, string] | undefined; limit: number },
): Promise<FriendRow[]> {
  const query = db('friends as f')
    .where('f.friend_id', userId)
    .whereNotExists(
      db('friends as mine').where('mine.user_id', userId).whereRaw('mine.friend_id = f.user_id'),
    )
    .whereNotExists(db('blocks as b').where('b.user_id', userId).whereRaw('b.blocked_id = f.user_id'))
  if (after !== undefined) {
    const [addedAtMs, admirerId] = after
    void query.where(
      (next) =>
        void next
          .where('f.added_at_ms', '<', addedAtMs)
          .orWhere((same) => void same.where('f.added_at_ms', addedAtMs).where('f.user_id', '>', admirerId)),
    )
  }
  return query
    .orderBy([{ column: 'f.added_at_ms', order: 'desc' }, { column: 'f.user_id' }])
    .limit(limit)
    .select<FriendRow[]>('f.*')
}

/** Those of `amongIds` who are friends with the person both ways. */
export async function listMutualFriendIds(
  db: Queryable,
  userId: string,
  amongIds: readonly string[],
): Promise<string[]> {
  const rows: FriendRow[] = await db('friends as f')
    .join('friends as back', (on) =>
      on.on('back.user_id', '=', 'f.friend_id').andOn('back.friend_id', '=', 'f.user_id'),
    )
    .where('f.user_id', userId)
    .whereIn('f.friend_id', [...amongIds])
    .select('f.friend_id')
  return rows.map((row) => row.friend_id)
}

/** Everybody on one of whose lists the person stands (friends, admirers, blocks), by id, after `afterId`. */
export async function listAudienceIds(
  db: Queryable,
  { userId, afterId, limit }: { userId: string; afterId: string; limit: number },
): Promise<string[]> {
  const rows: { id: string }[] = await db
    .from(
      db('friends')
        .where('friend_id', userId)
        .where('user_id', '>', afterId)
        .select('user_id as id')
        .union([
          db('friends').where('user_id', userId).where('friend_id', '>', afterId).select('friend_id as id'),
          db('blocks').where('blocked_id', userId).where('user_id', '>', afterId).select('user_id as id'),
        ])
        .as('audience'),
    )
    .orderBy('id')
    .limit(limit)
    .select('id')
  return rows.map((row) => row.id)
}

export function toFriend(row: FriendRow, profile: Profile): Friend {
  return {
    profile,
    isFavourite: row.is_favourite === 1,
    isHidden: row.is_hidden === 1,
    addedAt: row.added_at_ms,
  }
}

function friendsWithKeys(db: Queryable, userId: string) {
  return db('friends as f')
    .join('profiles as p', 'p.user_id', 'f.friend_id')
    .where('f.user_id', userId)
    .select<SortedFriendRow[]>('f.*', 'p.sort_key')
}
