import type { Knex } from 'knex'
import type { Database, Transaction } from '../../database/database.ts'

/** What the log keeps. It is a way, not an archive: services keep their own data. */
export interface Retention {
  /** Events older than this go, once all groups have passed them; in ms. */
  readonly maxAgeMs: number
  /** Of the passed events at most this many stay. */
  readonly maxEvents: number
  /** A group nobody has read for this long is forgotten and holds nothing any more; in ms. */
  readonly forgetGroupMs: number
  /** Dead events; the oldest go first. */
  readonly maxDeadEvents: number
}

export const defaultRetention: Retention = {
  maxAgeMs: 24 * 3_600_000,
  maxEvents: 100_000,
  forgetGroupMs: 7 * 24 * 3_600_000,
  maxDeadEvents: 10_000,
}

/** Rows removed in one transaction: others wait no longer than for this. */
const rowsPerTransaction = 5_000

/** Removes what all groups have passed and is old or too much. @returns how many events went. */
export async function pruneEvents(
  database: Database,
  retention: Retention,
  nowMs: number,
): Promise<{ removed: number; forgottenGroups: readonly string[] }> {
  const forgottenGroups = await database.transaction((trx) => forgetGroups(trx, retention, nowMs))
  const upTo = await findLastUseless(database, retention, nowMs)
  let removed = 0
  for (;;) {
    const gone = await database.transaction(async (trx) => {
      const first = await findPosition(trx('events').min('position as position'))
      const from = first ?? 0
      return trx('events')
        .where('position', '<=', Math.min(upTo, from + rowsPerTransaction - 1))
        .del()
    })
    removed += gone
    if (gone < rowsPerTransaction) return { removed, forgottenGroups }
  }
}

async function forgetGroups(trx: Transaction, retention: Retention, nowMs: number): Promise<string[]> {
  const old: readonly { name: string }[] = await trx('consumer_groups')
    .where('seen_at_ms', '<', nowMs - retention.forgetGroupMs)
    .select('name')
  const names = old.map(({ name }) => name)
  if (names.length > 0) await trx('consumer_groups').whereIn('name', names).del()
  const kept: { id: number } | undefined = await trx('dead_events')
    .orderBy('id', 'desc')
    .offset(retention.maxDeadEvents)
    .first('id')
  if (kept !== undefined) await trx('dead_events').where('id', '<=', kept.id).del()
  return names
}

async function findLastUseless({ reader }: Database, retention: Retention, nowMs: number): Promise<number> {
  const slowest = await findPosition(reader('consumer_groups').min('position as position'))
  const newest = await findPosition(reader('events').max('position as position'))
  const tooOld = await findPosition(
    reader('events')
      .where('appended_at_ms', '<', nowMs - retention.maxAgeMs)
      .max('position as position'),
  )
  const tooMany = (newest ?? 0) - retention.maxEvents
  return Math.min(slowest ?? newest ?? 0, Math.max(tooOld ?? 0, tooMany))
}

/** The one number of a min or max; undefined of an empty table. */
async function findPosition(query: Knex.QueryBuilder): Promise<number | undefined> {
  const row: { position: number | null } | undefined = await query.first()
  return row?.position ?? undefined
}
