import type { Migration } from '@our-now/platform/database/database.ts'

/** Lines of calls among the messages. Both columns are added without rewriting the table. */
export const calls: Migration = {
  name: '0004-calls',
  async up(trx) {
    await trx.schema.alterTable('messages', (table) => {
      // The JSON of the line; null: a message of words.
      table.string('call_line', 400).nullable()
      // 0: in nobody's badge: a call that took place was no news to those who were in it.
      table.smallint('is_counted').notNullable().defaultTo(1)
    })
  },
}
