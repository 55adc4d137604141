import type { Migration } from '@our-now/platform/database/database.ts'
import { idColumn, jsonColumn } from '@our-now/platform/database/dialect.ts'

/**
 * Profiles, who has whom as a friend, blocks, and each person's own log. All keys but `friends` read backwards ("who
 * added me") begin with the person, so the tables can be divided by person.
 */
export const people: Migration = {
  name: '0002-people',
  async up(trx) {
    await trx.schema.createTable('profiles', (table) => {
      idColumn(table, 'user_id').primary()
      table.string('handle', 20).notNullable().unique()
      table.string('display_name', 200).notNullable()
      table.string('sort_key', 100).notNullable()
      table.string('status_message', 400).notNullable()
      table.smallint('presence_visible').notNullable()
      table.string('friend_invite_code', 64).notNullable().unique()
      table.bigInteger('created_at_ms').notNullable()
      // When the sort key last changed: friend lists that were being paged then show the person again at the end.
      table.bigInteger('renamed_at_ms').notNullable()
    })
    await trx.schema.createTable('friends', (table) => {
      idColumn(table, 'user_id').notNullable()
      idColumn(table, 'friend_id').notNullable()
      table.smallint('is_favourite').notNullable()
      table.smallint('is_hidden').notNullable()
      table.bigInteger('added_at_ms').notNullable()
      table.bigInteger('changed_at_ms').notNullable()
      table.primary(['user_id', 'friend_id'])
      // Who added me: newest first for the list, by id for telling them of a changed profile.
      table.index(['friend_id', 'added_at_ms', 'user_id'])
      table.index(['friend_id', 'user_id'])
    })
    await trx.schema.createTable('blocks', (table) => {
      idColumn(table, 'user_id').notNullable()
      idColumn(table, 'blocked_id').notNullable()
      table.string('level', 8).notNullable()
      table.bigInteger('blocked_at_ms').notNullable()
      table.primary(['user_id', 'blocked_id'])
      table.index(['user_id', 'blocked_at_ms', 'blocked_id'])
      table.index(['blocked_id', 'user_id'])
    })
    await trx.schema.createTable('user_heads', (table) => {
      idColumn(table, 'user_id').primary()
      table.bigInteger('head').notNullable()
    })
    // Grows with each fact of a person; the oldest are dropped while appending (`user-log-store.ts`).
    await trx.schema.createTable('user_events', (table) => {
      idColumn(table, 'user_id').notNullable()
      table.bigInteger('seq').notNullable()
      table.string('kind', 24).notNullable()
      jsonColumn(table, 'body').notNullable()
      table.bigInteger('at_ms').notNullable()
      table.primary(['user_id', 'seq'])
    })
    // A changed profile that not everybody has been told of yet: those up to `told_up_to` have.
    await trx.schema.createTable('profile_tellings', (table) => {
      idColumn(table, 'user_id').primary()
      idColumn(table, 'told_up_to').notNullable()
      table.smallint('is_renamed').notNullable()
    })
  },
}
