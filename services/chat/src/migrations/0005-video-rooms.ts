import type { Migration } from '@our-now/platform/database/database.ts'
import { idColumn } from '@our-now/platform/database/dialect.ts'

/** The doors of video rooms: their links, and whether they are locked. A closed room has none. */
export const videoRooms: Migration = {
  name: '0005-video-rooms',
  async up(trx) {
    await trx.schema.createTable('video_rooms', (table) => {
      idColumn(table, 'room_id').primary()
      table.string('code', 64).notNullable().unique()
      table.smallint('is_locked').notNullable()
    })
  },
}
