import { idColumn } from '@our-now/platform/database/dialect.ts'
import type { Migration } from '@our-now/platform/database/database.ts'

/**
 * The second factor of an account, once it was confirmed; one that is being set up; and recovery codes. Secrets are sealed
 * and codes are keyed hashes (`second-factor/factor-vault.ts`): nothing here gives anybody a code.
 */
export const secondFactors: Migration = {
  name: '0002-second-factors',
  up: async (trx) => {
    await trx.schema.createTable('second_factors', (table) => {
      idColumn(table, 'user_id').primary()
      table.string('sealed_secret', 255).notNullable()
      table.bigInteger('confirmed_at_ms').notNullable()
      // The step of the code that was used last: no code at or before it counts any more.
      table.bigInteger('used_step').notNullable()
    })
    await trx.schema.createTable('totp_enrolments', (table) => {
      idColumn(table, 'user_id').primary()
      table.string('sealed_secret', 255).notNullable()
      table.bigInteger('expires_at_ms').notNullable().index()
    })
    await trx.schema.createTable('recovery_codes', (table) => {
      table.string('code_hash', 64).primary()
      idColumn(table, 'user_id').notNullable().index()
    })
  },
}
