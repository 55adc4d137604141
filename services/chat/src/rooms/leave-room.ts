import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { getLoggedProfile } from './logged-profile.ts'
import type { MembershipRow } from './room-store.ts'

/** Leaves a group, or drops a 1:1 room from the own list. */
export function createLeaveRoom({ writer }: { writer: RoomWriter }): ChatApi['leaveRoom'] {
  return async (context, { roomId, isQuiet }) => {
    const userId = requireUser(context)
    await writer.run({
      roomId,
      memberIds: [userId],
      bytes: 1_000,
      run: async (room) => {
        const member = await room.getMember(userId)
        const { kind } = room.get()
        if (kind === 'self') throw new AppError('forbidden', 'This room is yours to keep.')
        if (kind === 'direct') dropDirectRoom(room, member)
        else await leaveGroup(room, member, isQuiet)
      },
    })
    return {}
  }
}

/**
 * The history so far is gone for me. What the other sees stays as it was: I have read neither more nor less, and the
 * next message brings the room back to me.
 */
function dropDirectRoom(room: LockedRoom, member: MembershipRow): void {
  const { last_seq: head, last_ordinal: lastOrdinal } = room.get()
  room.putMember({
    ...member,
    joined_seq: head,
    read_seq: head,
    read_ordinal: lastOrdinal,
    is_listed: 0,
    is_pinned: 0,
    visible_ordinal: null,
    visible_active_at_ms: null,
  })
  room.tell({ userId: member.user_id, event: { kind: 'room-left', roomId: room.roomId } })
}

async function leaveGroup(room: LockedRoom, member: MembershipRow, isQuiet: boolean): Promise<void> {
  const profile = await getLoggedProfile(room.trx, member.user_id)
  const heir = member.role === 'owner' ? await findHeir(room, member) : undefined
  const heirProfile = heir === undefined ? undefined : await getLoggedProfile(room.trx, heir.user_id)

  room.append({
    kind: 'member-left',
    actorId: member.user_id,
    member: profile,
    reason: isQuiet ? 'quiet' : 'left',
  })
  room.change().membership_rev += 1
  room.removeMember(member.user_id)
  room.tell({ userId: member.user_id, event: { kind: 'room-left', roomId: room.roomId } })
  if (heir === undefined || heirProfile === undefined) return
  room.append({ kind: 'owner-changed', actorId: member.user_id, member: heirProfile })
  room.putMember({ ...heir, role: 'owner' })
}

/** The longest-standing of those who stay; nobody when the last one leaves. */
async function findHeir(room: LockedRoom, leaver: MembershipRow): Promise<MembershipRow | undefined> {
  return (await room.listMembers()).find((member) => member.user_id !== leaver.user_id)
}
