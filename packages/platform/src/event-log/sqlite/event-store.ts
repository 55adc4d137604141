import type { Migration, Queryable, Transaction } from '../../database/database.ts'
import { jsonColumn } from '../../database/dialect.ts'
import { addDeadEventColumns } from '../dead-event-columns.ts'
import type { LoggedEvent } from '../event-log.ts'
import { toEvent, toEventColumns, type EventColumns } from '../event-row.ts'

/** The log's own file: events in the order they came, where each group stands, and what nobody could handle. */
export const eventLogMigration: Migration = {
  name: '0001-event-log',
  up: async (trx) => {
    await trx.schema.createTable('events', (table) => {
      table.bigIncrements('position')
      table.string('type', 100).notNullable()
      table.string('event_key', 100).notNullable()
      jsonColumn(table, 'payload').notNullable()
      table.string('traceparent', 64)
      table.bigInteger('appended_at_ms').notNullable().index()
    })
    await trx.schema.createTable('consumer_groups', (table) => {
      table.string('name', 100).primary()
      table.bigInteger('position').notNullable()
      table.bigInteger('seen_at_ms').notNullable()
    })
    await trx.schema.createTable('dead_events', (table) => {
      addDeadEventColumns(table)
      // A batch that is handled again parks its dead event once.
      table.unique(['consumer_group', 'position'])
    })
  },
}

/** One event at its place in the log. */
export interface PlacedEvent {
  readonly position: number
  readonly event: LoggedEvent
}

const rowsPerInsert = 500

export async function appendEvents(
  trx: Transaction,
  events: readonly LoggedEvent[],
  nowMs: number,
): Promise<void> {
  const rows = events.map((event) => ({ ...toEventColumns(event), appended_at_ms: nowMs }))
  for (let from = 0; from < rows.length; from += rowsPerInsert)
    await trx('events').insert(rows.slice(from, from + rowsPerInsert))
}

/** The next events in the order of the log. One file has one writer, so no smaller position appears later. */
export async function listEventsAfter(
  db: Queryable,
  position: number,
  limit: number,
): Promise<PlacedEvent[]> {
  const rows: readonly (EventColumns & { position: number })[] = await db('events')
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
  return rows.map((row) => ({ position: row.position, event: toEvent(row) }))
}

/** Where a group stands; a new one begins before the oldest kept event. */
export async function joinGroup(trx: Transaction, name: string, nowMs: number): Promise<number> {
  await trx('consumer_groups')
    .insert({ name, position: 0, seen_at_ms: nowMs })
    .onConflict('name')
    .merge({ seen_at_ms: nowMs })
  const row: { position: number } = await trx('consumer_groups').where({ name }).first('position')
  return row.position
}

export async function moveGroup(
  trx: Transaction,
  name: string,
  position: number,
  nowMs: number,
): Promise<void> {
  await trx('consumer_groups').where({ name }).update({ position, seen_at_ms: nowMs })
}

export interface DeadEvent extends PlacedEvent {
  readonly error: string
  readonly attempts: number
}

export async function parkDeadEvents(
  trx: Transaction,
  group: string,
  dead: readonly DeadEvent[],
  nowMs: number,
): Promise<void> {
  if (dead.length === 0) return
  const rows = dead.map(({ position, event, error, attempts }) => ({
    consumer_group: group,
    position,
    ...toEventColumns(event),
    error: error.slice(0, 1_000),
    attempts,
    parked_at_ms: nowMs,
  }))
  await trx('dead_events').insert(rows).onConflict(['consumer_group', 'position']).ignore()
}
