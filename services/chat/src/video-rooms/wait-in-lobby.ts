import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { findBlock } from '../people/block-store.ts'
import { listMembershipsAmong, type MembershipRow, type RoomRow } from '../rooms/room-store.ts'
import type { Lobby } from './lobby.ts'
import { findVideoRoom } from './video-room-store.ts'

export interface WaitInLobbyDeps {
  readonly database: Database
  readonly lobby: Lobby
  readonly clock: Clock
}

/** The side of those at the door: they learn the room's name and how they stand, nothing else. */
export function createWaitInLobby({
  database: { reader },
  lobby,
  clock,
}: WaitInLobbyDeps): Pick<ChatApi, 'waitInLobby' | 'leaveLobby'> {
  const listHostIds = async (roomId: string): Promise<string[]> => {
    const hosts = await reader<MembershipRow>('memberships').where({ room_id: roomId, role: 'owner' })
    return hosts.map(({ user_id: userId }) => userId)
  }
  return {
    waitInLobby: async (context, { code }) => {
      const userId = requireUser(context)
      const door = await findVideoRoom(reader, { code })
      const roomId = door?.room_id ?? ''
      const room = door && (await reader<RoomRow>('rooms').where('room_id', roomId).first())
      if (door === undefined || room === undefined) throw new AppError('invite_not_found')
      const { name } = room
      const [member] = await listMembershipsAmong(reader, new Map([[roomId, [userId]]]))
      if (member !== undefined) {
        await lobby.leave(roomId, userId)
        return { state: 'admitted', name, roomId }
      }
      if (door.is_locked === 1) return { state: 'locked', name }
      const hostIds = await listHostIds(roomId)
      // Whom the host blocks waits for ever, and cannot tell.
      const blocks = await Promise.all(hostIds.map((hostId) => findBlock(reader, hostId, userId)))
      if (blocks.some((block) => block !== undefined)) return { state: 'waiting', name }
      const state = await lobby.wait(roomId, userId, clock.now())
      if (state === 'waiting') lobby.tell(roomId, hostIds)
      return { state, name }
    },
    leaveLobby: async (context, { code }) => {
      const userId = requireUser(context)
      const door = await findVideoRoom(reader, { code })
      if (door === undefined) return {}
      await lobby.leave(door.room_id, userId)
      lobby.tell(door.room_id, await listHostIds(door.room_id))
      return {}
    },
  }
}
