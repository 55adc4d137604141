import type { Migration, Transaction } from '../database/database.ts'
import { lockRows } from '../database/dialect.ts'

/**
 * How a consumer makes events count once though they come at least once: the seq it has applied, per key, in its own
 * database, moved in the transaction that has the effect.
 */
export const appliedEventsMigration: Migration = {
  name: '0000-applied-events',
  up: async (trx) => {
    await trx.schema.createTable('applied_events', (table) => {
      table.string('consumer', 50).notNullable()
      table.string('event_key', 100).notNullable()
      table.bigInteger('applied_seq').notNullable()
      table.primary(['consumer', 'event_key'])
    })
  },
}

interface Applied {
  /** What has been applied up to now. */
  readonly appliedSeq: number
  /** Events between `appliedSeq` and the given ones are missing, nothing was applied: read them from their owner. */
  readonly isGap: boolean
}

/**
 * Applies those of `events` that were not applied yet. What `effect` writes and the new position commit together.
 *
 * @param events  Of one key, in order, without holes among themselves.
 */
export async function applyInOrder<E extends { readonly seq: number }>(
  trx: Transaction,
  { consumer, key, events }: { consumer: string; key: string; events: readonly E[] },
  effect: (fresh: readonly E[]) => Promise<void>,
): Promise<Applied> {
  const place = { consumer, event_key: key }
  const row: { applied_seq: number } | undefined = await lockRows(
    trx('applied_events').where(place).first('applied_seq'),
    trx,
  )
  const appliedSeq = row?.applied_seq ?? 0
  const fresh = events.filter(({ seq }) => seq > appliedSeq)
  const [first] = fresh
  const last = fresh.at(-1)
  if (first === undefined || last === undefined) return { appliedSeq, isGap: false }
  if (first.seq > appliedSeq + 1) return { appliedSeq, isGap: true }
  await effect(fresh)
  await trx('applied_events')
    .insert({ ...place, applied_seq: last.seq })
    .onConflict(['consumer', 'event_key'])
    .merge(['applied_seq'])
  return { appliedSeq: last.seq, isGap: false }
}
