import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { getSummary } from './get-room.ts'
import type { Flag } from './room-store.ts'

interface Marks {
  readonly isMuted?: boolean
  readonly isPinned?: boolean
}

/** Mutes or pins a room for the caller; the caller's other devices hear of it, nobody else. */
export function createUpdateMembership({
  database,
  writer,
}: {
  database: Database
  writer: RoomWriter
}): ChatApi['updateMembership'] {
  return async (context, { roomId, ...marks }) => {
    const userId = requireUser(context)
    await writer.run({
      roomId,
      memberIds: [userId],
      bytes: 500,
      run: (room) => markRoom(room, userId, marks),
    })
    return getSummary(database, roomId, userId)
  }
}

async function markRoom(room: LockedRoom, userId: string, { isMuted, isPinned }: Marks): Promise<void> {
  const member = await room.getMember(userId)
  const marked = {
    ...member,
    is_muted: toFlag(isMuted) ?? member.is_muted,
    is_pinned: toFlag(isPinned) ?? member.is_pinned,
  }
  if (marked.is_muted === member.is_muted && marked.is_pinned === member.is_pinned) return
  room.putMember(marked)
  room.tell({
    userId,
    event: {
      kind: 'membership-changed',
      roomId: room.roomId,
      isMuted: marked.is_muted === 1,
      isPinned: marked.is_pinned === 1,
    },
  })
}

const toFlag = (mark: boolean | undefined): Flag | undefined =>
  mark === undefined ? undefined : mark ? 1 : 0
