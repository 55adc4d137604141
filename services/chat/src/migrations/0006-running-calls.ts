import type { Migration } from '@our-now/platform/database/database.ts'
import { idColumn } from '@our-now/platform/database/dialect.ts'

/** Calls whose line of the end is not written yet: what remains of them when all that carried them is gone. */
export const runningCalls: Migration = {
  name: '0006-running-calls',
  async up(trx) {
    await trx.schema.createTable('running_calls', (table) => {
      idColumn(table, 'call_id').primary()
      idColumn(table, 'room_id').notNullable().index()
      idColumn(table, 'started_by').notNullable()
      table.bigInteger('started_at_ms').notNullable()
      table.smallint('is_video').notNullable()
      table.smallint('is_direct').notNullable()
      // 1:1: when a second person came; null: it rings.
      table.bigInteger('answered_at_ms').nullable()
      // When media last said that it goes on.
      table.bigInteger('seen_at_ms').notNullable().index()
    })
  },
}
