import type { Migration } from '@our-now/platform/database/database.ts'
import { idColumn } from '@our-now/platform/database/dialect.ts'

/**
 * The room log and its projection of messages. Both grow without end: their keys begin with the room, so they can be
 * partitioned by room and archived by time.
 */
export const messages: Migration = {
  name: '0003-messages',
  async up(trx) {
    await trx.schema.createTable('room_events', (table) => {
      idColumn(table, 'room_id').notNullable()
      table.bigInteger('seq').notNullable()
      table.string('kind', 24).notNullable()
      idColumn(table, 'author_id').notNullable()
      idColumn(table, 'client_message_id').nullable()
      // Emptied when the message is deleted for everyone: a short text could be guessed from it.
      table.string('payload_hash', 44).nullable()
      idColumn(table, 'withheld_from').nullable()
      table.text('body', 'mediumtext').notNullable()
      table.bigInteger('at_ms').notNullable()
      table.primary(['room_id', 'seq'])
      table.unique(['room_id', 'author_id', 'client_message_id'])
    })
    await trx.schema.createTable('messages', (table) => {
      idColumn(table, 'room_id').notNullable()
      table.bigInteger('seq').notNullable()
      table.bigInteger('ordinal').notNullable()
      idColumn(table, 'author_id').notNullable()
      idColumn(table, 'client_message_id').notNullable()
      table.text('text', 'mediumtext').notNullable()
      table.bigInteger('sent_at_ms').notNullable()
      table.bigInteger('deleted_at_ms').nullable()
      idColumn(table, 'withheld_from').nullable()
      table.bigInteger('last_event_seq').notNullable()
      table.primary(['room_id', 'seq'])
      table.unique(['room_id', 'ordinal'])
    })
  },
}
