import type { Migration } from '@our-now/platform/database/database.ts'
import { idColumn } from '@our-now/platform/database/dialect.ts'

/**
 * Rooms and who is in them. Every key begins with the room, so the tables can be divided by room; only "my rooms"
 * (memberships by user) would ask every part.
 */
export const rooms: Migration = {
  name: '0001-rooms',
  async up(trx) {
    await trx.schema.createTable('rooms', (table) => {
      idColumn(table, 'room_id').primary()
      table.string('kind', 8).notNullable()
      table.string('name', 400).notNullable()
      table.bigInteger('created_at_ms').notNullable()
      table.bigInteger('last_seq').notNullable()
      table.bigInteger('last_ordinal').notNullable()
      table.bigInteger('membership_rev').notNullable()
      table.bigInteger('cursor_rev').notNullable()
      table.integer('member_count').notNullable()
      table.bigInteger('active_at_ms').notNullable()
    })
    await trx.schema.createTable('memberships', (table) => {
      idColumn(table, 'room_id').notNullable()
      idColumn(table, 'user_id').notNullable()
      table.string('role', 8).notNullable()
      table.bigInteger('joined_at_ms').notNullable()
      // Mine: where my history begins and how far I have read.
      table.bigInteger('joined_seq').notNullable()
      table.bigInteger('read_seq').notNullable()
      table.bigInteger('read_ordinal').notNullable()
      // What others count with. Apart from mine only after dropping a 1:1 room or while blocking in one.
      table.bigInteger('public_joined_seq').notNullable()
      table.bigInteger('public_read_seq').notNullable()
      table.smallint('is_muted').notNullable()
      table.smallint('is_pinned').notNullable()
      // 0: a 1:1 room that I dropped, or that another person opened and has not written in.
      table.smallint('is_listed').notNullable()
      // Set while the newest messages are withheld from me: what the room list shows in their place.
      table.bigInteger('visible_ordinal').nullable()
      table.bigInteger('visible_active_at_ms').nullable()
      table.primary(['room_id', 'user_id'])
      table.index(['user_id', 'is_listed', 'room_id'])
      table.index(['room_id', 'public_joined_seq', 'user_id'])
    })
  },
}
