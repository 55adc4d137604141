import type { BlockLevel } from '@our-now/contracts/people.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

export interface BlockRow {
  /** Who blocks. */
  readonly user_id: string
  readonly blocked_id: string
  readonly level: BlockLevel
  readonly blocked_at_ms: number
}

export interface BlockPair {
  readonly blockerId: string
  readonly blockedId: string
}

export async function findBlock(
  db: Queryable,
  blockerId: string,
  blockedId: string,
): Promise<BlockRow | undefined> {
  return db<BlockRow>('blocks').where({ user_id: blockerId, blocked_id: blockedId }).first()
}

export async function countBlocks(db: Queryable, userId: string): Promise<number> {
  const row = await db('blocks').where({ user_id: userId }).count({ blocks: '*' }).first<{
    blocks: number | string
  }>()
  return Number(row.blocks)
}

/** Who among these blocks the person, at any level. */
export async function listBlockersOf(
  db: Queryable,
  userId: string,
  amongIds: readonly string[],
): Promise<Set<string>> {
  if (amongIds.length === 0) return new Set()
  const rows = await db<BlockRow>('blocks')
    .where('blocked_id', userId)
    .whereIn('user_id', [...amongIds])
    .select('user_id')
  return new Set(rows.map((row) => row.user_id))
}

/** Those of the pairs that are blocks, at any level. One query. */
export async function listBlockPairs(db: Queryable, pairs: readonly BlockPair[]): Promise<BlockPair[]> {
  if (pairs.length === 0) return []
  // Two sets and not a chain of ORs, whose depth SQLite limits; what pairs up otherwise is left out below.
  const rows = await db<BlockRow>('blocks')
    .whereIn('user_id', [...new Set(pairs.map(({ blockerId }) => blockerId))])
    .whereIn('blocked_id', [...new Set(pairs.map(({ blockedId }) => blockedId))])
  const blocks = new Set(rows.map((row) => `${row.user_id}:${row.blocked_id}`))
  return pairs.filter(({ blockerId, blockedId }) => blocks.has(`${blockerId}:${blockedId}`))
}

/** Blocks at level `profile` between the person and any of the others, whichever way. */
export async function listVeiled(
  db: Queryable,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> {
  if (otherIds.length === 0) return new Set()
  const rows = await db<BlockRow>('blocks').where((any) => {
    void any.orWhere((mine) => void mine.where('user_id', userId).whereIn('blocked_id', [...otherIds]))
    void any.orWhere((theirs) => void theirs.where('blocked_id', userId).whereIn('user_id', [...otherIds]))
  })
  const veiling = rows.filter((row) => row.level === 'profile')
  return new Set(veiling.map((row) => (row.user_id === userId ? row.blocked_id : row.user_id)))
}

/** A page of the person's blocks, newest first, after a position. */
export async function listBlockRows(
  db: Queryable,
  { userId, after, limit }: { userId: string; after: readonly [number, string] | undefined; limit: number },
): Promise<BlockRow[]> {
  const query = db<BlockRow>('blocks').where('user_id', userId)
  if (after !== undefined) {
    const [blockedAtMs, blockedId] = after
    void query.where(
      (next) =>
        void next
          .where('blocked_at_ms', '<', blockedAtMs)
          .orWhere(
            (same) => void same.where('blocked_at_ms', blockedAtMs).where('blocked_id', '>', blockedId),
          ),
    )
  }
  return query.orderBy([{ column: 'blocked_at_ms', order: 'desc' }, { column: 'blocked_id' }]).limit(limit)
}

export async function putBlock(trx: Transaction, row: BlockRow): Promise<void> {
  await trx('blocks').insert(row).onConflict(['user_id', 'blocked_id']).merge(['level'])
}

export async function deleteBlock(trx: Transaction, blockerId: string, blockedId: string): Promise<void> {
  await trx('blocks').where({ user_id: blockerId, blocked_id: blockedId }).delete()
}
