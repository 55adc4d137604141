import type { Knex } from 'knex'
import { jsonColumn } from '../database/dialect.ts'

/** What is kept of an event that its group could not handle, wherever its log is. Part of migrations: add in new ones only. */
export function addDeadEventColumns(table: Knex.CreateTableBuilder): void {
  table.bigIncrements('id')
  table.string('consumer_group', 100).notNullable()
  table.bigInteger('position').notNullable()
  table.string('type', 100).notNullable()
  table.string('event_key', 100).notNullable()
  jsonColumn(table, 'payload').notNullable()
  table.string('traceparent', 64)
  table.string('error', 1000).notNullable()
  table.integer('attempts').notNullable()
  table.bigInteger('parked_at_ms').notNullable()
}
