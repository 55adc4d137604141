import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import type { Lobby } from './lobby.ts'
import { getVideoRoomOf, requireHost, requireHostIn } from './require-host.ts'
import { deleteVideoRoom, lockVideoRoom, toVideoRoom } from './video-room-store.ts'

export interface ChangeVideoRoomDeps {
  readonly database: Database
  readonly writer: RoomWriter
  readonly lobby: Lobby
}

/** Looking at a video room's door, locking it, and closing the room for good. */
export function createChangeVideoRoom({
  database,
  writer,
  lobby,
}: ChangeVideoRoomDeps): Pick<ChatApi, 'getVideoRoom' | 'updateVideoRoom' | 'closeVideoRoom'> {
  const run = (roomId: string, hostId: string, change: (room: LockedRoom) => Promise<void>) =>
    writer.run({
      roomId,
      memberIds: [hostId],
      bytes: 2_000,
      run: async (room) => {
        await requireHostIn(room, hostId)
        await change(room)
      },
    })
  return {
    getVideoRoom: async (context, { roomId }) =>
      toVideoRoom((await getVideoRoomOf(database, roomId, requireUser(context))).room),
    updateVideoRoom: async (context, { roomId, isLocked }) => {
      const hostId = requireUser(context)
      const before = await requireHost(database, roomId, hostId)
      await run(roomId, hostId, (room) => lockVideoRoom(room.trx, roomId, isLocked ? 1 : 0))
      if (isLocked) await lobby.clear(roomId)
      return { ...toVideoRoom(before), isLocked }
    },
    closeVideoRoom: async (context, { roomId }) => {
      const hostId = requireUser(context)
      await requireHost(database, roomId, hostId)
      await run(roomId, hostId, closeRoom)
      await lobby.clear(roomId)
      return {}
    },
  }
}

/** Nobody is left who could read a line about it. */
async function closeRoom(room: LockedRoom): Promise<void> {
  await deleteVideoRoom(room.trx, room.roomId)
  const members = await room.listMembers()
  room.change().membership_rev += 1
  for (const { user_id: userId } of members) {
    room.removeMember(userId)
    room.tell({ userId, event: { kind: 'room-left', roomId: room.roomId } })
  }
}
