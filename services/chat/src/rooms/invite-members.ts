import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import { requireHost } from '../video-rooms/require-host.ts'
import { getSummary } from './get-room.ts'
import { listInvited, makeGroup, type GroupDeps } from './make-group.ts'
import { newMembership } from './new-membership.ts'
import { groupRoomId } from './room-ids.ts'
import { findAccess, listMembershipsOfRooms } from './room-store.ts'

/** Brings people into a group. A 1:1 room stays as it is: inviting there makes a new group of all. */
export function createInviteMembers(deps: GroupDeps): ChatApi['inviteMembers'] {
  const { database, writer, maxMembers } = deps

  async function inviteIntoNewGroup(
    traceId: string,
    { roomId, inviterId, userIds }: { roomId: string; inviterId: string; userIds: readonly string[] },
  ) {
    const members = await listMembershipsOfRooms(database.reader, [roomId])
    // The same for a try that is repeated at another replica: one group, not two.
    const newRoomId = groupRoomId(inviterId, `invite:${traceId}`)
    const invitedIds = [...members.map((member) => member.user_id), ...userIds]
    await makeGroup(deps, { roomId: newRoomId, creatorId: inviterId, name: '', invitedIds })
    return getSummary(database, newRoomId, inviterId)
  }

  return async (context, { roomId, userIds }) => {
    const inviterId = requireUser(context)
    const access = await findAccess(database.reader, roomId, inviterId)
    if (access === undefined) throw new AppError('room_not_found')
    if (access.kind === 'video') await requireHost(database, roomId, inviterId)
    else if (access.kind !== 'group')
      return inviteIntoNewGroup(context.traceId, { roomId, inviterId, userIds })
    const invited = await listInvited(database, inviterId, userIds)
    await writer.run({
      roomId,
      memberIds: [inviterId, ...invited.map(({ userId }) => userId)],
      bytes: 500 + invited.length * 1_000,
      run: (room) => joinAll(room, { inviterId, invited, maxMembers }),
    })
    return getSummary(database, roomId, inviterId)
  }
}

/** The inviter has to be a member; who is in already is left out. */
export async function joinAll(
  room: LockedRoom,
  { inviterId, invited, maxMembers }: { inviterId: string; invited: readonly Profile[]; maxMembers: number },
): Promise<void> {
  await room.getMember(inviterId)
  const newcomers: Profile[] = []
  for (const profile of invited) {
    if ((await room.findMember(profile.userId)) === undefined) newcomers.push(profile)
  }
  if (newcomers.length === 0) return
  if (room.get().member_count + newcomers.length > maxMembers) throw new AppError('room_full')

  const seq = room.append({ kind: 'members-joined', actorId: inviterId, members: newcomers })
  room.change().membership_rev += 1
  for (const { userId } of newcomers) {
    // The line of the own joining is the first that a member sees.
    room.putMember(newMembership(room, { userId, role: 'member', joinedSeq: seq - 1 }))
    room.tell({ userId, event: { kind: 'room-joined' } })
  }
}
