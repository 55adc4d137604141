import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { Type, type Static } from 'typebox'
import { requireUser } from '../callers/require-user.ts'
import { createPageCursor, CursorId, CursorNumber } from '../paging/page-cursor.ts'
import { listProfilesFor } from '../people/profile-store.ts'
import { findAccess, type MembershipRow } from './room-store.ts'

const defaultLimit = 100

const Position = Type.Object({ joinedSeq: CursorNumber, userId: CursorId }, { additionalProperties: false })
type Position = Static<typeof Position>
const pageCursor = createPageCursor(Position)

/** A room's members, longest-standing first, as the caller may see them. */
export function createListMembers({ database }: { database: Database }): ChatApi['listMembers'] {
  return async (context, { roomId, cursor, limit = defaultLimit }) => {
    const viewerId = requireUser(context)
    const after = pageCursor.decode(cursor)
    if ((await findAccess(database.reader, roomId, viewerId)) === undefined) {
      throw new AppError('room_not_found')
    }
    const found = await listPage(database, roomId, after, limit + 1)
    const rows = found.slice(0, limit)
    const profiles = await listProfilesFor(
      database.reader,
      viewerId,
      rows.map((row) => row.user_id),
    )
    return {
      members: rows.flatMap((row) => {
        const profile = profiles.get(row.user_id)
        const { role, joined_at_ms: joinedAt, public_joined_seq: joinedSeq } = row
        return profile === undefined ? [] : [{ profile, role, joinedAt, joinedSeq }]
      }),
      ...(found.length > limit ? nextCursor(rows.at(-1)) : {}),
    }
  }
}

function listPage(
  database: Database,
  roomId: string,
  after: Position | undefined,
  limit: number,
): Promise<MembershipRow[]> {
  const query = database.reader<MembershipRow>('memberships').where('room_id', roomId)
  if (after !== undefined) {
    const { joinedSeq, userId } = after
    void query.where(
      (later) =>
        void later
          .where('public_joined_seq', '>', joinedSeq)
          .orWhere((same) => void same.where('public_joined_seq', joinedSeq).where('user_id', '>', userId)),
    )
  }
  return query.orderBy(['public_joined_seq', 'user_id']).limit(limit)
}

function nextCursor(last: MembershipRow | undefined): { nextCursor?: string } {
  if (last === undefined) return {}
  return { nextCursor: pageCursor.encode({ joinedSeq: last.public_joined_seq, userId: last.user_id }) }
}
