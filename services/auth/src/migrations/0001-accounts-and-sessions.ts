import { idColumn } from '@our-now/platform/database/dialect.ts'
import type { Migration } from '@our-now/platform/database/database.ts'

/** Accounts, their sessions, and who may become one. Of tokens and codes only hashes (SHA-256, hex) are kept. */
export const accountsAndSessions: Migration = {
  name: '0001-accounts-and-sessions',
  up: async (trx) => {
    await trx.schema.createTable('accounts', (table) => {
      idColumn(table, 'user_id').primary()
      table.string('handle', 20).notNullable().unique()
      table.string('display_name', 200).notNullable()
      table.string('password_hash', 255).notNullable()
      table.boolean('is_operator').notNullable()
      table.bigInteger('created_at_ms').notNullable()
    })
    await trx.schema.createTable('sessions', (table) => {
      idColumn(table, 'session_id').primary()
      idColumn(table, 'user_id').notNullable()
      table.string('device_name', 120).notNullable()
      table.bigInteger('created_at_ms').notNullable()
      table.bigInteger('last_used_at_ms').notNullable()
      table.string('token_hash', 64).notNullable()
      table.string('previous_token_hash', 64)
      table.bigInteger('rotated_at_ms').notNullable()
      table.bigInteger('token_expires_at_ms').notNullable().index()
      table.bigInteger('expires_at_ms').notNullable()
      table.index(['user_id', 'last_used_at_ms'])
    })
    await trx.schema.createTable('ended_sessions', (table) => {
      table.bigInteger('position').primary()
      idColumn(table, 'session_id').notNullable()
      table.bigInteger('ended_at_ms').notNullable().index()
    })
    await trx.schema.createTable('ended_session_head', (table) => {
      table.integer('id').primary()
      table.bigInteger('position').notNullable()
    })
    await trx('ended_session_head').insert({ id: 1, position: 0 })
    await trx.schema.createTable('password_resets', (table) => {
      table.string('code_hash', 64).primary()
      idColumn(table, 'user_id').notNullable().index()
      table.bigInteger('expires_at_ms').notNullable().index()
    })
    await trx.schema.createTable('registration_invites', (table) => {
      table.string('code_hash', 64).primary()
      idColumn(table, 'created_by').notNullable()
      table.integer('uses_left').notNullable()
      table.bigInteger('expires_at_ms').notNullable().index()
    })
    await trx.schema.createTable('registration', (table) => {
      table.integer('id').primary()
      table.string('mode', 8).notNullable()
    })
    await trx('registration').insert({ id: 1, mode: 'open' })
  },
}
