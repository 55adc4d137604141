import type { Transaction } from '@our-now/platform/database/database.ts'
import type { Knex } from 'knex'
import type { Flag } from '../rooms/room-store.ts'
import type { MessageRow } from './room-event.ts'

export async function insertMessages(trx: Transaction, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length > 0) await trx('messages').insert(rows)
}

export async function findMessage(db: Knex, roomId: string, seq: number): Promise<MessageRow | undefined> {
  return db<MessageRow>('messages').where({ room_id: roomId, seq }).first()
}

/** Takes a message's words away and says when. */
export async function scrubMessage(
  trx: Transaction,
  message: { roomId: string; seq: number; deletedAtMs: number; eventSeq: number },
): Promise<void> {
  await trx('messages')
    .where({ room_id: message.roomId, seq: message.seq })
    .update({ text: '', deleted_at_ms: message.deletedAtMs, last_event_seq: message.eventSeq })
}

/** What a reader may see of a room's messages: after the join, up to the head of this reading, nothing withheld. */
export interface Visible {
  readonly roomId: string
  readonly readerId: string
  readonly joinedSeq: number
  readonly headSeq: number
}

/** At most `limit` messages below `beforeSeq`, nearest first. */
export function listMessagesBefore(
  db: Knex,
  visible: Visible,
  beforeSeq: number,
  limit: number,
): Promise<MessageRow[]> {
  return visibleMessages(db, visible).where('seq', '<', beforeSeq).orderBy('seq', 'desc').limit(limit)
}

/** At most `limit` messages above `afterSeq`, nearest first. */
export function listMessagesAfter(
  db: Knex,
  visible: Visible,
  afterSeq: number,
  limit: number,
): Promise<MessageRow[]> {
  return visibleMessages(db, visible).where('seq', '>', afterSeq).orderBy('seq', 'asc').limit(limit)
}

function visibleMessages(db: Knex, { roomId, readerId, joinedSeq, headSeq }: Visible) {
  return db<MessageRow>('messages')
    .where('room_id', roomId)
    .where('seq', '>', joinedSeq)
    .where('seq', '<=', headSeq)
    .where((shown) => void shown.whereNull('withheld_from').orWhereNot('withheld_from', readerId))
}

export interface MessagePlace {
  readonly seq: number
  readonly author_id: string
  readonly withheld_from: string | null
  readonly is_counted: Flag
}

/** Who wrote the messages after `afterSeq`, at most `limit`, ascending. */
export async function listMessagePlaces(
  db: Knex,
  roomId: string,
  afterSeq: number,
  limit: number,
): Promise<MessagePlace[]> {
  return db<MessageRow>('messages')
    .where('room_id', roomId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit)
    .select('seq', 'author_id', 'withheld_from', 'is_counted')
}

/** How many messages after `afterSeq` count in the reader's badge: others' ones that are not withheld, no calls that took place. */
export async function countUnread(
  db: Knex,
  { roomId, readerId, afterSeq }: { roomId: string; readerId: string; afterSeq: number },
): Promise<number> {
  const row = await db('messages')
    .where('room_id', roomId)
    .where('seq', '>', afterSeq)
    .where('is_counted', 1)
    .whereNot('author_id', readerId)
    .where((shown) => void shown.whereNull('withheld_from').orWhereNot('withheld_from', readerId))
    .count({ unread: '*' })
    .first<{ unread: number | string }>()
  return Number(row.unread)
}
