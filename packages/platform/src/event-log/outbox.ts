import { systemClock } from '../clock/clock.ts'
import type { Migration, Queryable, Transaction } from '../database/database.ts'
import { jsonColumn } from '../database/dialect.ts'
import type { LoggedEvent } from './event-log.ts'
import { shardCount, shardOf } from './shard-of.ts'
import { toEvent, toEventColumns, type EventColumns } from './event-row.ts'

/** Events that committed with the data and wait to be appended to the log, and who appends which shard. */
export const outboxMigration: Migration = {
  name: '0000-outbox',
  up: async (trx) => {
    await trx.schema.createTable('outbox', (table) => {
      table.bigIncrements('id')
      table.smallint('shard').notNullable()
      table.string('type', 100).notNullable()
      table.string('event_key', 100).notNullable()
      jsonColumn(table, 'payload').notNullable()
      table.string('traceparent', 64)
      table.bigInteger('created_at_ms').notNullable()
      table.index(['shard', 'id'])
    })
    await trx.schema.createTable('relay_leases', (table) => {
      table.smallint('shard').primary()
      table.string('owner', 36).notNullable()
      table.bigInteger('epoch').notNullable()
      table.bigInteger('until_ms').notNullable()
    })
    const shards = Array.from({ length: shardCount }, (_, shard) => shard)
    await trx('relay_leases').insert(shards.map((shard) => ({ shard, owner: '', epoch: 0, until_ms: 0 })))
  },
}

/** Rows per statement: databases bound the parameters of one. */
const rowsPerInsert = 500

/**
 * Writes events into the outbox of the transaction's database: they are told if and only if it commits. Nudge the
 * relay after the commit.
 */
export async function appendToOutbox(
  trx: Transaction,
  events: readonly LoggedEvent[],
  nowMs: number = systemClock.now(),
): Promise<void> {
  const rows = events.map((event) => ({
    shard: shardOf(event.key),
    ...toEventColumns(event),
    created_at_ms: nowMs,
  }))
  for (let from = 0; from < rows.length; from += rowsPerInsert)
    await trx('outbox').insert(rows.slice(from, from + rowsPerInsert))
}

export interface OutboxEvent {
  readonly id: number
  readonly shard: number
  readonly createdAtMs: number
  /** About what its data takes. */
  readonly bytes: number
  readonly event: LoggedEvent
}

interface OutboxRow extends EventColumns {
  readonly id: number
  readonly shard: number
  readonly created_at_ms: number
}

/**
 * The oldest events of each shard that nobody has sent, in the order of their ids. Always what is there, never "after the
 * last id": ids are given before the commit, so a smaller one may appear later. Shard by shard, because a database then
 * reads just these rows, however many wait.
 */
export async function listUnsent(
  db: Queryable,
  shards: readonly number[],
  limitPerShard: number,
): Promise<OutboxEvent[]> {
  const [first, ...others] = shards.map((shard) =>
    db.from(db('outbox').where({ shard }).orderBy('id').limit(limitPerShard).as(`shard_${shard}`)),
  )
  if (first === undefined) return []
  const rows: readonly OutboxRow[] = await first.unionAll(others)
  return rows
    .map((row) => ({
      id: row.id,
      shard: row.shard,
      createdAtMs: row.created_at_ms,
      bytes: row.payload.length,
      event: toEvent(row),
    }))
    .sort((a, b) => a.id - b.id)
}

export async function listWaitingShards(db: Queryable): Promise<number[]> {
  const rows: readonly { shard: number }[] = await db('outbox').distinct('shard')
  return rows.map(({ shard }) => shard)
}

export async function deleteSent(trx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await trx('outbox').whereIn('id', ids).del()
}
