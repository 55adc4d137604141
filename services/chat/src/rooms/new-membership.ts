import type { MemberRole } from '@our-now/contracts/rooms.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { Flag, MembershipRow } from './room-store.ts'

/**
 * A membership that begins after `joinedSeq`: nothing before it is seen or counted. Joining again begins anew.
 *
 * @param isListed  0: the room stays out of the list until something is said in it.
 */
export function newMembership(
  room: LockedRoom,
  member: { userId: string; role: MemberRole; joinedSeq: number; isListed?: Flag },
): MembershipRow {
  return {
    room_id: room.roomId,
    user_id: member.userId,
    role: member.role,
    joined_at_ms: room.at,
    joined_seq: member.joinedSeq,
    read_seq: member.joinedSeq,
    read_ordinal: room.get().last_ordinal,
    public_joined_seq: member.joinedSeq,
    public_read_seq: member.joinedSeq,
    is_muted: 0,
    is_pinned: 0,
    is_listed: member.isListed ?? 1,
    visible_ordinal: null,
    visible_active_at_ms: null,
  }
}
