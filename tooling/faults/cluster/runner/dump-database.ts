import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { hashOfText } from '../clients/recorder.ts'
import type { FinalState, StoredEvent } from '../history.ts'

type Stored = Pick<FinalState, 'rooms' | 'events' | 'members' | 'outboxLeft' | 'effects'>

/** What the database holds of these rooms when everything has come to rest. */
export async function dumpDatabase(url: string, roomIds: readonly string[]): Promise<Stored> {
  const connection = await createConnection({ uri: url, connectTimeout: 3_000 })
  const query = async (sql: string): Promise<RowDataPacket[]> => {
    const [rows] = await connection.query<RowDataPacket[]>(sql, [roomIds])
    return rows
  }
  try {
    const rooms = await query('SELECT * FROM rooms WHERE room_id IN (?)')
    const events = await query('SELECT * FROM room_events WHERE room_id IN (?) ORDER BY room_id, seq')
    const members = await query('SELECT * FROM memberships WHERE room_id IN (?)')
    const messages = await query('SELECT * FROM messages WHERE room_id IN (?) ORDER BY room_id, seq')
    const [waiting] = await query('SELECT COUNT(*) AS count FROM outbox')
    return {
      rooms: rooms.map((row) => ({
        roomId: String(row['room_id']),
        lastSeq: Number(row['last_seq']),
        lastOrdinal: Number(row['last_ordinal']),
      })),
      events: events.map(toStoredEvent),
      members: members.map((row) => ({
        roomId: String(row['room_id']),
        userId: String(row['user_id']),
        joinedSeq: Number(row['joined_seq']),
        readSeq: Number(row['read_seq']),
        readOrdinal: Number(row['read_ordinal']),
      })),
      outboxLeft: Number(waiting?.['count'] ?? 0),
      effects: {
        memberCounts: Object.fromEntries(
          rooms.map((row) => [String(row['room_id']), Number(row['member_count'])]),
        ),
        messages: messages.map((row) => ({
          roomId: String(row['room_id']),
          seq: Number(row['seq']),
          ordinal: Number(row['ordinal']),
          clientMessageId: String(row['client_message_id']),
          isDeleted: row['deleted_at_ms'] !== null,
          ...(row['deleted_at_ms'] === null && { hash: hashOfText(String(row['text'])) }),
        })),
      },
    }
  } finally {
    connection.destroy()
  }
}

/** The last seq of each room. */
export async function listHeads(
  url: string,
  roomIds: readonly string[],
): Promise<{ readonly heads: { roomId: string; head: number }[]; readonly outboxLeft: number }> {
  const connection = await createConnection({ uri: url, connectTimeout: 2_000 })
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT room_id, last_seq FROM rooms WHERE room_id IN (?)',
      [roomIds],
    )
    const [[waiting]] = await connection.query<RowDataPacket[]>('SELECT COUNT(*) AS count FROM outbox')
    return {
      heads: rows.map((row) => ({ roomId: String(row['room_id']), head: Number(row['last_seq']) })),
      outboxLeft: Number(waiting?.['count'] ?? 0),
    }
  } finally {
    connection.destroy()
  }
}

interface EventBody {
  readonly ordinal?: number
  readonly text?: string
  readonly deletedAt?: number
  readonly members?: readonly { readonly userId: string }[]
  readonly member?: { readonly userId: string }
}

function toStoredEvent(row: RowDataPacket): StoredEvent {
  /** True because chat alone writes bodies, in these forms (`room-event.ts`). */
  const body = JSON.parse(String(row['body'])) as EventBody
  const isText = row['kind'] === 'message-created' && body.deletedAt === undefined
  return {
    roomId: String(row['room_id']),
    seq: Number(row['seq']),
    kind: String(row['kind']),
    authorId: String(row['author_id']),
    clientMessageId: row['client_message_id'] === null ? undefined : String(row['client_message_id']),
    hash: isText ? hashOfText(body.text ?? '') : undefined,
    ordinal: body.ordinal,
    subjects: (body.members ?? (body.member === undefined ? [] : [body.member])).map(({ userId }) => userId),
  }
}
