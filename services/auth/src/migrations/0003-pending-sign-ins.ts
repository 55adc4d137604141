import { idColumn } from '@our-now/platform/database/dialect.ts'
import type { Migration } from '@our-now/platform/database/database.ts'

/** Sign-ins whose password was right and whose second factor is still to come; and which one a session was opened with. */
export const pendingSignIns: Migration = {
  name: '0003-pending-sign-ins',
  up: async (trx) => {
    await trx.schema.createTable('pending_sign_ins', (table) => {
      table.string('token_hash', 64).primary()
      idColumn(table, 'user_id').notNullable().index()
      table.string('device_name', 120).notNullable()
      table.integer('tries_left').notNullable()
      table.bigInteger('expires_at_ms').notNullable().index()
    })
    await trx.schema.alterTable('sessions', (table) => {
      table.string('second_factor', 8)
    })
  },
}
