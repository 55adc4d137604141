import type { MyMembership, RoomSummary } from '@our-now/contracts/rooms.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import type { Knex } from 'knex'
import { toMessage } from '../messages/room-event.ts'
import { listProfiles } from '../people/profile-store.ts'
import type { Flag, MembershipRow, RoomRow } from './room-store.ts'

/** Most members that a summary shows. */
const previewSize = 5

/** One person's view of one room, flat as the database gives it. */
export interface SummaryRow extends RoomRow, MembershipRow {
  readonly room_id: string
  readonly shown_active_at_ms: number
  readonly message_seq: number | null
  readonly message_ordinal: number
  readonly message_author_id: string
  readonly message_client_id: string
  readonly message_text: string
  readonly message_call_line: string | null
  readonly message_sent_at_ms: number
  readonly message_deleted_at_ms: number | null
  readonly call_id: string | null
  readonly call_seq: number
  readonly call_ended_at_ms: number
  readonly call_is_video: Flag
  readonly call_duration_ms: number
}

const lastActivity = 'coalesce(m.visible_active_at_ms, r.active_at_ms)'
/** When the room last moved in this person's list. Common SQL has no two-argument maximum. */
export const shownActiveAt = `case when ${lastActivity} > m.joined_at_ms then ${lastActivity} else m.joined_at_ms end`

/** Memberships with their rooms and the last message that the member may see; callers say which. */
export function summaryQuery(db: Knex) {
  return db('memberships as m')
    .join('rooms as r', 'r.room_id', 'm.room_id')
    .leftJoin('messages as lm', (on) =>
      on
        .on('lm.room_id', '=', 'm.room_id')
        .andOn('lm.ordinal', '=', db.raw('coalesce(m.visible_ordinal, r.last_ordinal)'))
        .andOn('lm.seq', '>', 'm.joined_seq'),
    )
    .leftJoin('last_calls as lc', (on) =>
      on.on('lc.room_id', '=', 'm.room_id').andOn('lc.seq', '>', 'm.joined_seq'),
    )
    .select<SummaryRow[]>(
      'r.*',
      'm.*',
      db.raw(`${shownActiveAt} as shown_active_at_ms`),
      'lm.seq as message_seq',
      'lm.ordinal as message_ordinal',
      'lm.author_id as message_author_id',
      'lm.client_message_id as message_client_id',
      'lm.text as message_text',
      'lm.call_line as message_call_line',
      'lm.sent_at_ms as message_sent_at_ms',
      'lm.deleted_at_ms as message_deleted_at_ms',
      'lc.call_id',
      'lc.seq as call_seq',
      'lc.ended_at_ms as call_ended_at_ms',
      'lc.is_video as call_is_video',
      'lc.duration_ms as call_duration_ms',
    )
}

/** The room as each of `userIds` sees it, by user; without those who are no members. */
export async function listSummariesFor(
  db: Knex,
  roomId: string,
  userIds: readonly string[],
): Promise<Map<string, RoomSummary>> {
  if (userIds.length === 0) return new Map()
  const rows = await summaryQuery(db)
    .where('m.room_id', roomId)
    .whereIn('m.user_id', [...userIds])
  const summaries = await toSummaries(db, rows)
  return new Map(rows.map((row, at) => [row.user_id, summaries[at]] as const).filter(hasSummary))
}

export async function findSummary(
  db: Knex,
  roomId: string,
  userId: string,
): Promise<RoomSummary | undefined> {
  return (await listSummariesFor(db, roomId, [userId])).get(userId)
}

/** Adds the members to show: two queries however many rows. */
export async function toSummaries(db: Knex, rows: readonly SummaryRow[]): Promise<RoomSummary[]> {
  const previews = await listPreviews(db, [...new Set(rows.map((row) => row.room_id))])
  const userIds = new Set([...[...previews.values()].flat(), ...rows.map((row) => row.user_id)])
  const profiles = await listProfiles(db, [...userIds])
  return rows.map((row) =>
    toSummary(row, membersToShow(row.user_id, previews.get(row.room_id) ?? [], profiles)),
  )
}

/** The first members of each room, longest-standing first. */
async function listPreviews(db: Knex, roomIds: readonly string[]): Promise<Map<string, string[]>> {
  if (roomIds.length === 0) return new Map()
  const ranked = db('memberships')
    .whereIn('room_id', [...roomIds])
    .select('room_id', 'user_id')
    .rowNumber(
      'place',
      (over) =>
        void over.partitionBy('room_id').orderBy([{ column: 'public_joined_seq' }, { column: 'user_id' }]),
    )
    .as('ranked')
  const rows: { room_id: string; user_id: string }[] = await db
    .from(ranked)
    .where('place', '<=', previewSize)
    .orderBy(['room_id', 'place'])
    .select('room_id', 'user_id')
  const previews = new Map<string, string[]>()
  for (const { room_id, user_id } of rows) previews.set(room_id, [...(previews.get(room_id) ?? []), user_id])
  return previews
}

/** The viewer is always among the shown, so that four others can be drawn. */
function membersToShow(
  viewerId: string,
  previewIds: readonly string[],
  profiles: ReadonlyMap<string, Profile>,
): Profile[] {
  const shownIds = previewIds.includes(viewerId)
    ? previewIds
    : [...previewIds.slice(0, previewSize - 1), viewerId]
  return shownIds.map((userId) => profiles.get(userId)).filter((profile) => profile !== undefined)
}

function toSummary(row: SummaryRow, members: Profile[]): RoomSummary {
  return {
    roomId: row.room_id,
    kind: row.kind,
    name: row.name,
    memberCount: row.member_count,
    members,
    head: row.last_seq,
    lastOrdinal: row.last_ordinal,
    ...lastMessage(row),
    ...lastCall(row),
    activeAt: row.shown_active_at_ms,
    membership: toMyMembership(row),
  }
}

function lastMessage(row: SummaryRow): Pick<RoomSummary, 'lastMessage'> {
  if (row.message_seq === null) return {}
  return {
    lastMessage: toMessage({
      room_id: row.room_id,
      seq: row.message_seq,
      ordinal: row.message_ordinal,
      author_id: row.message_author_id,
      client_message_id: row.message_client_id,
      text: row.message_text,
      call_line: row.message_call_line,
      sent_at_ms: row.message_sent_at_ms,
      deleted_at_ms: row.message_deleted_at_ms,
    }),
  }
}

function lastCall(row: SummaryRow): Pick<RoomSummary, 'lastCall'> {
  if (row.call_id === null) return {}
  return {
    lastCall: {
      callId: row.call_id,
      seq: row.call_seq,
      endedAt: row.call_ended_at_ms,
      isVideo: row.call_is_video === 1,
      durationMs: row.call_duration_ms,
    },
  }
}

const toMyMembership = (row: MembershipRow): MyMembership => ({
  role: row.role,
  joinedSeq: row.joined_seq,
  readSeq: row.read_seq,
  readOrdinal: row.read_ordinal,
  isMuted: row.is_muted === 1,
  isPinned: row.is_pinned === 1,
})

function hasSummary(
  entry: readonly [string, RoomSummary | undefined],
): entry is readonly [string, RoomSummary] {
  return entry[1] !== undefined
}
