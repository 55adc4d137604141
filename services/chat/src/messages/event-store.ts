import type { Transaction } from '@our-now/platform/database/database.ts'
import type { Knex } from 'knex'
import type { RoomEventRow } from './room-event.ts'

export async function insertRoomEvents(trx: Transaction, rows: readonly RoomEventRow[]): Promise<void> {
  if (rows.length > 0) await trx('room_events').insert(rows)
}

/** What identifies a send: unique in the log for ever. */
export interface SendKey {
  readonly roomId: string
  readonly authorId: string
  readonly clientMessageId: string
}

/** The logged messages with these keys. The caller holds the room locks, so that a retry elsewhere cannot slip in. */
export async function listSent(db: Knex, keys: readonly SendKey[]): Promise<RoomEventRow[]> {
  if (keys.length === 0) return []
  return db<RoomEventRow>('room_events').where((any) => {
    for (const { roomId, authorId, clientMessageId } of keys) {
      void any.orWhere({ room_id: roomId, author_id: authorId, client_message_id: clientMessageId })
    }
  })
}

/** Events (afterSeq, toSeq] of each room, in order, one query for all. */
export async function listRoomEvents(
  db: Knex,
  ranges: readonly { roomId: string; afterSeq: number; toSeq: number }[],
): Promise<RoomEventRow[]> {
  if (ranges.length === 0) return []
  return db<RoomEventRow>('room_events')
    .where((any) => {
      for (const { roomId, afterSeq, toSeq } of ranges) {
        void any.orWhere(
          (one) => void one.where('room_id', roomId).where('seq', '>', afterSeq).where('seq', '<=', toSeq),
        )
      }
    })
    .orderBy(['room_id', 'seq'])
}

/** Joins, leaves and renames in (afterSeq, toSeq], ascending; the newest `limit` of them. */
export async function listNotices(
  db: Knex,
  { roomId, afterSeq, toSeq, limit }: { roomId: string; afterSeq: number; toSeq: number; limit: number },
): Promise<RoomEventRow[]> {
  const rows = await db<RoomEventRow>('room_events')
    .where('room_id', roomId)
    .where('seq', '>', afterSeq)
    .where('seq', '<=', toSeq)
    .whereNotIn('kind', ['message-created', 'message-deleted'])
    .orderBy('seq', 'desc')
    .limit(limit)
  return rows.reverse()
}

/** Empties a message's words out of the log; its place stays. */
export async function scrubRoomEvent(
  trx: Transaction,
  { roomId, seq, body }: { roomId: string; seq: number; body: string },
): Promise<void> {
  await trx('room_events').where({ room_id: roomId, seq }).update({ body, payload_hash: null })
}
