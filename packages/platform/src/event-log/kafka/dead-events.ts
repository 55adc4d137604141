import type { Clock } from '../../clock/clock.ts'
import type { Database, Migration } from '../../database/database.ts'
import { addDeadEventColumns } from '../dead-event-columns.ts'

/** What a consumer's own database keeps of the records that it could not handle; for each service that subscribes. */
export const deadEventsMigration: Migration = {
  name: '0000-dead-events',
  up: async (trx) => {
    await trx.schema.createTable('dead_events', (table) => {
      addDeadEventColumns(table)
      table.string('topic', 200).notNullable()
      table.integer('partition_no').notNullable()
      // A record that comes again is parked once.
      table.unique(['consumer_group', 'topic', 'partition_no', 'position'], {
        indexName: 'dead_events_place',
      })
    })
  },
}

/** A record as it came, at its place in the log. */
export interface DeadRecord {
  readonly group: string
  readonly topic: string
  readonly partition: number
  /** Its offset. */
  readonly position: string
  readonly type: string
  readonly key: string
  readonly payload: string
  readonly traceparent: string | undefined
  readonly error: unknown
  readonly attempts: number
}

/** The oldest go first. */
const keptDeadEvents = 10_000

/** Resolves when the record is kept. Parking it again changes nothing. */
export async function parkDeadRecord(database: Database, clock: Clock, dead: DeadRecord): Promise<void> {
  const row = {
    consumer_group: dead.group,
    topic: dead.topic,
    partition_no: dead.partition,
    position: Number(dead.position),
    type: dead.type.slice(0, 100),
    event_key: dead.key.slice(0, 100),
    payload: dead.payload,
    traceparent: dead.traceparent?.slice(0, 64) ?? null,
    error: String(dead.error).slice(0, 1_000),
    attempts: dead.attempts,
    parked_at_ms: clock.now(),
  }
  await database.transaction(async (trx) => {
    const place = ['consumer_group', 'topic', 'partition_no', 'position']
    await trx('dead_events').insert(row).onConflict(place).ignore()
    const oldest: { id: number } | undefined = await trx('dead_events')
      .orderBy('id', 'desc')
      .offset(keptDeadEvents)
      .first('id')
    if (oldest !== undefined) await trx('dead_events').where('id', '<=', oldest.id).del()
  })
}
