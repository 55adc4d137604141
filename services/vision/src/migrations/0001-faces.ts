import { idColumn } from '@our-now/platform/database/dialect.ts'
import type { Migration } from '@our-now/platform/database/database.ts'

/**
 * `consents`: who agrees now. `consent_events`: who agreed or withdrew when, without anything of a face. `face_keys`: each
 * person's data key, wrapped by the service's key. `face_templates`: embeddings, each sealed with that data key. Deleting
 * a person's row of `face_keys` makes every copy of their templates unreadable.
 */
export const faces: Migration = {
  name: '0001-faces',
  up: async (trx) => {
    await trx.schema.createTable('consents', (table) => {
      idColumn(table, 'user_id').primary()
      table.integer('version').notNullable()
      table.bigInteger('given_at_ms').notNullable()
      table.boolean('may_suggest').notNullable()
    })
    await trx.schema.createTable('consent_events', (table) => {
      idColumn(table, 'event_id').primary()
      idColumn(table, 'user_id').notNullable().index()
      table.string('kind', 16).notNullable()
      table.integer('version').notNullable()
      table.string('language', 8)
      table.string('text_hash', 64)
      table.bigInteger('at_ms').notNullable()
    })
    await trx.schema.createTable('face_keys', (table) => {
      idColumn(table, 'user_id').primary()
      table.binary('wrapped_key', 128).notNullable()
    })
    await trx.schema.createTable('face_templates', (table) => {
      idColumn(table, 'template_id').primary()
      idColumn(table, 'user_id').notNullable().index()
      table.string('model_id', 64).notNullable()
      table.binary('sealed', 4_096).notNullable()
      table.bigInteger('created_at_ms').notNullable()
    })
    await trx.schema.createTable('challenges', (table) => {
      idColumn(table, 'challenge_id').primary()
      idColumn(table, 'user_id').notNullable().index()
      table.string('purpose', 16).notNullable()
      table.string('steps', 64).notNullable()
      table.bigInteger('expires_at_ms').notNullable().index()
    })
    await trx.schema.createTable('tagged_rooms', (table) => {
      idColumn(table, 'room_id').primary()
      idColumn(table, 'turned_on_by').notNullable()
      table.bigInteger('turned_on_at_ms').notNullable()
    })
    await trx.schema.createTable('photo_tags', (table) => {
      idColumn(table, 'tag_id').primary()
      idColumn(table, 'room_id').notNullable()
      idColumn(table, 'photo_id').notNullable()
      idColumn(table, 'user_id').notNullable().index()
      idColumn(table, 'confirmed_by').notNullable()
      table.bigInteger('confirmed_at_ms').notNullable()
      table.double('box_left').notNullable()
      table.double('box_top').notNullable()
      table.double('box_width').notNullable()
      table.double('box_height').notNullable()
      table.unique(['room_id', 'photo_id', 'user_id'])
    })
  },
}
