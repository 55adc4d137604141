import { idColumn } from '@our-now/platform/database/dialect.ts'
import type { Migration } from '@our-now/platform/database/database.ts'

/** What presence keeps of a person when no lease does. `applied_seq`: up to where their user log was applied. */
export const people: Migration = {
  name: '0001-people',
  up: async (trx) => {
    await trx.schema.createTable('people', (table) => {
      idColumn(table, 'user_id').primary()
      table.boolean('is_hidden').notNullable()
      table.bigInteger('last_seen_at_ms')
      table.bigInteger('applied_seq').notNullable()
    })
  },
}
