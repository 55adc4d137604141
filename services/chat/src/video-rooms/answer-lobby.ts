import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { listProfilesFor } from '../people/profile-store.ts'
import { joinAll } from '../rooms/invite-members.ts'
import { listLoggedProfiles } from '../rooms/logged-profile.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import type { Lobby } from './lobby.ts'
import { requireHost, requireHostIn } from './require-host.ts'

/** Most people that a lobby shows. */
const mostShown = 100

export interface AnswerLobbyDeps {
  readonly database: Database
  readonly writer: RoomWriter
  readonly lobby: Lobby
  readonly maxMembers: number
}

/** The host's side of the door: who waits, and who may come in. Only those who wait can be let in. */
export function createAnswerLobby({
  database,
  writer,
  lobby,
  maxMembers,
}: AnswerLobbyDeps): Pick<ChatApi, 'listLobby' | 'answerLobby'> {
  async function admit(roomId: string, hostId: string, guests: readonly Profile[]): Promise<void> {
    await writer.run({
      roomId,
      memberIds: [hostId, ...guests.map(({ userId }) => userId)],
      bytes: 500 + guests.length * 1_000,
      run: async (room: LockedRoom) => {
        await requireHostIn(room, hostId)
        await joinAll(room, { inviterId: hostId, invited: guests, maxMembers })
      },
    })
  }
  return {
    listLobby: async (context, { roomId }) => {
      const hostId = requireUser(context)
      await requireHost(database, roomId, hostId)
      const waiting = (await lobby.list(roomId)).slice(0, mostShown)
      const profiles = await listProfilesFor(
        database.reader,
        hostId,
        waiting.map(({ userId }) => userId),
      )
      return {
        guests: waiting.flatMap(({ userId, askedAtMs: askedAt }) => {
          const profile = profiles.get(userId)
          return profile === undefined ? [] : [{ profile, askedAt }]
        }),
      }
    },
    answerLobby: async (context, { roomId, userIds, isAdmitted }) => {
      const hostId = requireUser(context)
      await requireHost(database, roomId, hostId)
      const waiting = new Set((await lobby.list(roomId)).map(({ userId }) => userId))
      const answered = userIds.filter((userId) => waiting.has(userId))
      if (isAdmitted && answered.length > 0)
        await admit(roomId, hostId, await listLoggedProfiles(database.reader, answered))
      for (const userId of answered)
        await (isAdmitted ? lobby.leave(roomId, userId) : lobby.decline(roomId, userId))
      lobby.tell(roomId, [hostId])
      return {}
    },
  }
}
