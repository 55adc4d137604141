import type { RoomCursors } from '@our-now/contracts/rooms.ts'
import type { Knex } from 'knex'

interface CursorRow {
  readonly last_seq: number
  readonly cursor_rev: number
  readonly public_joined_seq: number
  readonly public_read_seq: number
}

/**
 * Both reads are one statement, so that the cursors and the log position they belong to are of one moment: a join
 * counted in here must not be counted again when its event comes.
 */
function cursorsOf(db: Knex, roomId: string) {
  return db('memberships as m').join('rooms as r', 'r.room_id', 'm.room_id').where('m.room_id', roomId)
}

export async function listNamedCursors(db: Knex, roomId: string): Promise<RoomCursors> {
  const rows: (CursorRow & { user_id: string })[] = await cursorsOf(db, roomId).select(
    'r.last_seq',
    'r.cursor_rev',
    'm.user_id',
    'm.public_joined_seq',
    'm.public_read_seq',
  )
  return {
    ...positionOf(roomId, rows),
    cursors: rows.map((row) => ({
      userId: row.user_id,
      joinedSeq: row.public_joined_seq,
      readSeq: row.public_read_seq,
    })),
  }
}

export async function listCursorHistogram(db: Knex, roomId: string): Promise<RoomCursors> {
  const rows: (CursorRow & { members: number | string })[] = await cursorsOf(db, roomId)
    .groupBy('r.last_seq', 'r.cursor_rev', 'm.public_joined_seq', 'm.public_read_seq')
    .select('r.last_seq', 'r.cursor_rev', 'm.public_joined_seq', 'm.public_read_seq')
    .count({ members: '*' })
  return {
    ...positionOf(roomId, rows),
    histogram: rows.map((row) => ({
      joinedSeq: row.public_joined_seq,
      readSeq: row.public_read_seq,
      count: Number(row.members),
    })),
  }
}

const positionOf = (roomId: string, rows: readonly CursorRow[]) => ({
  roomId,
  cursorRev: rows[0]?.cursor_rev ?? 0,
  asOfSeq: rows[0]?.last_seq ?? 0,
})
