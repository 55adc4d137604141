import type { Profile } from '@our-now/contracts/people.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { listBlockersOf } from '../people/block-store.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { getLoggedProfile, listLoggedProfiles } from './logged-profile.ts'
import { newMembership } from './new-membership.ts'

export interface GroupDeps {
  readonly database: Database
  readonly writer: RoomWriter
  /** Most members a room may have. */
  readonly maxMembers: number
}

/**
 * Makes a group with these people, once: an existing room of this id is left as it is.
 *
 * @param invitedIds  Those who block the creator are left out silently.
 * @throws {AppError} user_not_found; room_full.
 */
export async function makeGroup(
  { database, writer, maxMembers }: GroupDeps,
  group: { roomId: string; creatorId: string; name: string; invitedIds: readonly string[] },
): Promise<void> {
  const { roomId, creatorId, name } = group
  const invited = await listInvited(database, creatorId, group.invitedIds)
  const members = [await getLoggedProfile(database.reader, creatorId), ...invited]
  if (members.length > maxMembers) throw new AppError('room_full')
  await writer.run({
    roomId,
    memberIds: [],
    bytes: 500 + members.length * 1_000,
    run: (room) => fillGroup(room, { creatorId, name, members }),
  })
}

function fillGroup(
  room: LockedRoom,
  { creatorId, name, members }: { creatorId: string; name: string; members: readonly Profile[] },
): void {
  if (room.find() !== undefined) return
  room.create({ kind: 'group', name })
  for (const { userId } of members) {
    const role = userId === creatorId ? 'owner' : 'member'
    room.putMember(newMembership(room, { userId, role, joinedSeq: 0 }))
    room.tell({ userId, event: { kind: 'room-joined' } })
  }
  room.append({ kind: 'room-created', actorId: creatorId, members: [...members], roomKind: 'group' })
}

/**
 * Profiles of those who may be invited by this person: without the person and without who blocks them.
 *
 * @throws {AppError} user_not_found when one of the ids is nobody's.
 */
export async function listInvited(
  database: Database,
  inviterId: string,
  userIds: readonly string[],
): Promise<Profile[]> {
  const otherIds = [...new Set(userIds)].filter((userId) => userId !== inviterId)
  const profiles = await listLoggedProfiles(database.reader, otherIds)
  const blockers = new Set(await listBlockersOf(database.reader, inviterId, otherIds))
  return profiles.filter(({ userId }) => !blockers.has(userId))
}
