import type { Migration } from '@our-now/platform/database/database.ts'
import { idColumn } from '@our-now/platform/database/dialect.ts'

/** The call that ended last in each room of many: what the list shows when nothing was said since. */
export const lastCalls: Migration = {
  name: '0007-last-calls',
  async up(trx) {
    await trx.schema.createTable('last_calls', (table) => {
      idColumn(table, 'room_id').primary()
      idColumn(table, 'call_id').notNullable()
      // Of the line of its end.
      table.bigInteger('seq').notNullable()
      table.bigInteger('ended_at_ms').notNullable()
      table.smallint('is_video').notNullable()
      table.bigInteger('duration_ms').notNullable()
    })
  },
}
