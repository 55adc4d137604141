import type { CallLine, Message, RoomEvent, RoomEventKind } from '@our-now/contracts/rooms.ts'
import type { Flag } from '../rooms/room-store.ts'

/** A row of the room log. `body` is the JSON of what the columns do not say. */
export interface RoomEventRow {
  readonly room_id: string
  readonly seq: number
  readonly kind: RoomEventKind
  readonly author_id: string
  readonly client_message_id: string | null
  readonly payload_hash: string | null
  /** The one person who does not get to see this message: they block its author. */
  readonly withheld_from: string | null
  readonly body: string
  readonly at_ms: number
}

type Without<E, K extends PropertyKey> = E extends unknown ? Omit<E, K> : never
type Notice = Exclude<RoomEvent, { kind: 'message-created' | 'message-withheld' }>

/** A fact before it has its place in the log. Messages are built by `appendMessage`. */
export type NewNotice = Without<Notice, 'roomId' | 'seq' | 'at'>

interface MessageBody {
  readonly ordinal: number
  readonly text: string
  readonly call?: CallLine
  readonly deletedAt?: number
}

export const toMessageBody = (body: MessageBody): string => JSON.stringify(body)

/** @param clientMessageId  Of a line that is written once however often it is told. */
export function toNoticeRow(event: Notice, clientMessageId: string | null = null): RoomEventRow {
  const { roomId, seq, at, actorId, kind, ...body } = event
  return {
    room_id: roomId,
    seq,
    kind,
    author_id: actorId,
    client_message_id: clientMessageId,
    payload_hash: null,
    withheld_from: null,
    body: JSON.stringify(body),
    at_ms: at,
  }
}

/**
 * The event as it is told. The casts hold because this service alone writes bodies, with `toNoticeRow` and
 * `toMessageBody`, and a log's rows are never rewritten but for scrubbing.
 *
 * @param readerId  Whose reading it is; absent: the log as it is, for services.
 */
export function toRoomEvent(row: RoomEventRow, readerId?: string): RoomEvent {
  const base = { roomId: row.room_id, seq: row.seq, at: row.at_ms, actorId: row.author_id }
  if (readerId !== undefined && row.withheld_from === readerId) return { ...base, kind: 'message-withheld' }
  if (row.kind !== 'message-created') return { ...base, kind: row.kind, ...JSON.parse(row.body) } as RoomEvent
  const { ordinal, text, call, deletedAt } = JSON.parse(row.body) as MessageBody
  return {
    ...base,
    kind: 'message-created',
    message: toMessage({
      room_id: row.room_id,
      seq: row.seq,
      ordinal,
      author_id: row.author_id,
      client_message_id: row.client_message_id ?? '',
      text,
      call_line: call === undefined ? null : JSON.stringify(call),
      sent_at_ms: row.at_ms,
      deleted_at_ms: deletedAt ?? null,
    }),
  }
}

/** A message's current state. */
export interface MessageRow {
  readonly room_id: string
  readonly seq: number
  readonly ordinal: number
  readonly author_id: string
  readonly client_message_id: string
  readonly text: string
  /** The JSON of a call's line; null: a message of words. */
  readonly call_line: string | null
  /** 0: in nobody's badge. */
  readonly is_counted: Flag
  readonly sent_at_ms: number
  readonly deleted_at_ms: number | null
  readonly withheld_from: string | null
  /** The last event that changed it. */
  readonly last_event_seq: number
}

export function toMessage(row: Omit<MessageRow, 'withheld_from' | 'last_event_seq' | 'is_counted'>): Message {
  return {
    roomId: row.room_id,
    seq: row.seq,
    ordinal: row.ordinal,
    authorId: row.author_id,
    clientMessageId: row.client_message_id,
    sentAt: row.sent_at_ms,
    text: row.text,
    // The cast holds because this service alone writes the column.
    ...(row.call_line === null ? {} : { call: JSON.parse(row.call_line) as CallLine }),
    ...(row.deleted_at_ms === null ? {} : { deletedAt: row.deleted_at_ms }),
  }
}
