import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { makeInviteCode } from '../people/invite-code.ts'
import { getSummary } from '../rooms/get-room.ts'
import { getLoggedProfile } from '../rooms/logged-profile.ts'
import { newMembership } from '../rooms/new-membership.ts'
import { groupRoomId } from '../rooms/room-ids.ts'
import { normaliseRoomName } from '../rooms/room-name.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { insertVideoRoom } from './video-room-store.ts'

/** Makes a video room whose host is the caller. The same `clientRoomId` again gives the same room. */
export function createCreateVideoRoom({
  database,
  writer,
}: {
  database: Database
  writer: RoomWriter
}): ChatApi['createVideoRoom'] {
  return async (context, { clientRoomId, name: written }) => {
    const hostId = requireUser(context)
    const name = normaliseRoomName(written)
    if (name === '') throw new AppError('name_invalid')
    const host = await getLoggedProfile(database.reader, hostId)
    const roomId = groupRoomId(hostId, clientRoomId)
    await writer.run({
      roomId,
      memberIds: [],
      bytes: 1_500,
      run: (room) => makeRoom(room, name, host),
    })
    return getSummary(database, roomId, hostId)
  }
}

async function makeRoom(room: LockedRoom, name: string, host: Profile): Promise<void> {
  if (room.find() !== undefined) return
  const { userId } = host
  room.create({ kind: 'video', name })
  room.putMember(newMembership(room, { userId, role: 'owner', joinedSeq: 0 }))
  room.append({ kind: 'room-created', actorId: userId, members: [host], roomKind: 'video' })
  room.tell({ userId, event: { kind: 'room-joined' } })
  await insertVideoRoom(room.trx, { room_id: room.roomId, code: makeInviteCode(), is_locked: 0 })
}
