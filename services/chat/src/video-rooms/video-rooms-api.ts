import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { createAnswerLobby } from './answer-lobby.ts'
import { createChangeVideoRoom } from './change-video-room.ts'
import { createCreateVideoRoom } from './create-video-room.ts'
import { createLobby } from './lobby.ts'
import { createWaitInLobby } from './wait-in-lobby.ts'

export interface VideoRoomsDeps {
  readonly database: Database
  readonly writer: RoomWriter
  readonly leaseStore: LeaseStore
  readonly hub: SocketHub
  readonly clock: Clock
  readonly maxMembers: number
}

/** Every operation about stand-alone video rooms. */
export function createVideoRoomsApi({
  database,
  writer,
  leaseStore,
  hub,
  clock,
  maxMembers,
}: VideoRoomsDeps) {
  const lobby = createLobby({ leaseStore, hub })
  return {
    createVideoRoom: createCreateVideoRoom({ database, writer }),
    ...createChangeVideoRoom({ database, writer, lobby }),
    ...createWaitInLobby({ database, lobby, clock }),
    ...createAnswerLobby({ database, writer, lobby, maxMembers }),
  }
}
