import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import { byPrimaryKey, lockRows, unchanged } from '@our-now/platform/database/dialect.ts'
import { appendToOutbox } from '@our-now/platform/event-log/outbox.ts'

/** A log keeps at least its newest 2,000 events: a device further behind loads everything anew. */
export const keptEvents = 2_000
/** Old events are dropped each time a log has grown by this much: it holds about 2,200 at most. */
const cleanupEvery = 200
/** Rows of one statement: SQLite takes 32,766 variables, MySQL a packet of some megabytes. */
const rowsPerStatement = 500

type Without<E, K extends PropertyKey> = E extends unknown ? Omit<E, K> : never

/** A fact before it has its place in a log. */
export type UserFact = Without<UserEvent, 'userId' | 'seq' | 'at'>

export interface UserLogEntry {
  readonly userId: string
  readonly event: UserFact
}

interface UserEventRow {
  readonly user_id: string
  readonly seq: number
  readonly kind: UserEvent['kind']
  /** JSON of what the columns do not say. */
  readonly body: string
  readonly at_ms: number
}

interface HeadRow {
  readonly user_id: string
  readonly head: number
}

/**
 * Adds facts to their users' own logs and to the outbox. Locks the logs in user-id order until the transaction ends:
 * call it once per transaction, last, so that two transactions never wait for each other.
 *
 * @param at  Milliseconds since the epoch, the instant of the transaction.
 * @returns   the events, each user's in order, to publish after the commit (`publishUserEvents`).
 */
export async function appendUserEvents(
  trx: Transaction,
  entries: readonly UserLogEntry[],
  at: number,
): Promise<UserEvent[]> {
  if (entries.length === 0) return []
  const userIds = [...new Set(entries.map(({ userId }) => userId))].sort()
  const before = await lockHeads(trx, userIds)
  const heads = new Map(before)
  const events = entries.map(({ userId, event }) => {
    const seq = (heads.get(userId) ?? 0) + 1
    heads.set(userId, seq)
    return toUserEvent({ userId, seq, at }, event)
  })
  for (const part of partsOf(events.map(toRow))) await trx('user_events').insert(part)
  await putHeads(trx, heads)
  await dropOldEvents(trx, before, heads)
  const byUser = Map.groupBy(events, ({ userId }) => userId)
  await appendToOutbox(
    trx,
    [...byUser].map(([userId, own]) => ({
      type: 'chat.user-events.v1' as const,
      key: userId,
      data: { userId, events: own },
    })),
  )
  return events
}

/** The events (afterSeq, toSeq] that are still kept, in order. */
export async function listUserEvents(
  db: Queryable,
  { userId, afterSeq, toSeq }: { userId: string; afterSeq: number; toSeq: number },
): Promise<UserEvent[]> {
  const rows = await db<UserEventRow>('user_events')
    .where('user_id', userId)
    .where('seq', '>', afterSeq)
    .where('seq', '<=', toSeq)
    .orderBy('seq')
  return rows.map(fromRow)
}

/** The last seq of a user's log; 0 when nothing has happened. */
export async function findUserHead(db: Queryable, userId: string): Promise<number> {
  return (await listUserHeads(db, [userId])).get(userId) ?? 0
}

/** The last seq of each log; users without one are absent. */
export async function listUserHeads(db: Queryable, userIds: readonly string[]): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map()
  const rows = await db<HeadRow>('user_heads').whereIn('user_id', [...userIds])
  return new Map(rows.map((row) => [row.user_id, row.head]))
}

async function lockHeads(trx: Transaction, userIds: readonly string[]): Promise<Map<string, number>> {
  const heads = new Map<string, number>()
  for (const part of partsOf(userIds)) {
    await lockKnownHeads(trx, part, heads)
    const newIds = part.filter((userId) => !heads.has(userId))
    if (newIds.length === 0) continue
    await trx('user_heads')
      .insert(newIds.map((userId) => ({ user_id: userId, head: 0 })))
      .onConflict('user_id')
      .merge({ head: unchanged(trx, 'user_heads', 'head') })
    // Another replica may have begun the same log meanwhile.
    await lockKnownHeads(trx, newIds, heads)
  }
  return heads
}

async function lockKnownHeads(
  trx: Transaction,
  userIds: readonly string[],
  heads: Map<string, number>,
): Promise<void> {
  const query = trx<HeadRow>(byPrimaryKey(trx, 'user_heads'))
    .whereIn('user_id', [...userIds])
    .orderBy('user_id')
  const rows: HeadRow[] = await lockRows(query, trx)
  for (const row of rows) heads.set(row.user_id, row.head)
}

async function putHeads(trx: Transaction, heads: ReadonlyMap<string, number>): Promise<void> {
  const rows = [...heads].map(([userId, head]) => ({ user_id: userId, head }))
  for (const part of partsOf(rows)) {
    await trx('user_heads').insert(part).onConflict('user_id').merge(['head'])
  }
}

async function dropOldEvents(
  trx: Transaction,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [userId, head] of after) {
    const hasGrown = Math.floor(head / cleanupEvery) > Math.floor((before.get(userId) ?? 0) / cleanupEvery)
    if (!hasGrown || head <= keptEvents) continue
    await trx('user_events')
      .where('user_id', userId)
      .where('seq', '<=', head - keptEvents)
      .delete()
  }
}

const toUserEvent = (base: { userId: string; seq: number; at: number }, fact: UserFact): UserEvent => ({
  ...base,
  ...fact,
})

function toRow(event: UserEvent): UserEventRow {
  const { userId, seq, at, kind, ...body } = event
  return { user_id: userId, seq, kind, body: JSON.stringify(body), at_ms: at }
}

/** The cast holds because rows are written by `toRow` alone and never changed. */
const fromRow = (row: UserEventRow): UserEvent =>
  ({
    userId: row.user_id,
    seq: row.seq,
    at: row.at_ms,
    kind: row.kind,
    ...JSON.parse(row.body),
  }) as UserEvent

function* partsOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsPerStatement)
    yield rows.slice(from, from + rowsPerStatement)
}
