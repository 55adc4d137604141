import { Empty, Instant, InviteCode, RoomId, RoomName, UserId } from '../ids.ts'
import { Profile } from '../people.ts'
import { RoomSummary } from '../rooms.ts'
import type { ServiceContract } from '../service-contract.ts'
import { AboutRoom, strict } from './shapes.ts'
import { Type, type Static } from 'typebox'

/** Most people that a lobby shows; who comes beyond waits unseen until there is space. */
const mostWaiting = 100

/** What the members of a video room know of its door. */
export const VideoRoom = Type.Object({ roomId: RoomId, code: InviteCode, isLocked: Type.Boolean() }, strict)
export type VideoRoom = Static<typeof VideoRoom>

/** Somebody who has opened the link and waits to be let in. */
export const LobbyGuest = Type.Object({ profile: Profile, askedAt: Instant }, strict)
export type LobbyGuest = Static<typeof LobbyGuest>

/** What somebody at the door learns: the room's name and nothing else until they are in. */
export const LobbyPlace = Type.Object(
  {
    /** `locked`: nobody is let in at the moment; `admitted`: a member now (or all along). */
    state: Type.Enum(['waiting', 'locked', 'declined', 'admitted']),
    name: RoomName,
    /** With `admitted`. */
    roomId: Type.Optional(RoomId),
  },
  strict,
)
export type LobbyPlace = Static<typeof LobbyPlace>

/** Stand-alone video rooms: a room with a link, and a lobby in front of it. */
export const videoRoomOperations = {
  createVideoRoom: {
    summary: 'Makes a video room; the caller is its host.',
    request: Type.Object({ clientRoomId: Type.Optional(RoomId), name: RoomName }, strict),
    reply: RoomSummary,
    errors: ['name_invalid'],
  },
  getVideoRoom: {
    isRepeatable: true,
    summary: 'The link of one of my video rooms, and whether it is locked.',
    request: AboutRoom,
    reply: VideoRoom,
    errors: ['room_not_found'],
    key: 'roomId',
  },
  updateVideoRoom: {
    isRepeatable: true,
    summary: 'Host: locks the room (nobody is let in, nobody waits) or unlocks it.',
    request: Type.Object({ roomId: RoomId, isLocked: Type.Boolean() }, strict),
    reply: VideoRoom,
    errors: ['room_not_found', 'forbidden'],
    key: 'roomId',
  },
  closeVideoRoom: {
    summary: 'Host: closes the room for good. Everybody is out, its call ends, its link leads nowhere.',
    request: AboutRoom,
    reply: Empty,
    errors: ['room_not_found', 'forbidden'],
    key: 'roomId',
  },
  waitInLobby: {
    isRepeatable: true,
    summary:
      'I am at the door of the room of this link, and wait. Said again every few seconds; who falls silent for 15 s has gone.',
    request: Type.Object({ code: InviteCode }, strict),
    reply: LobbyPlace,
    errors: ['invite_not_found'],
  },
  leaveLobby: {
    isRepeatable: true,
    summary: 'I wait no longer. Repeating it is harmless.',
    request: Type.Object({ code: InviteCode }, strict),
    reply: Empty,
  },
  listLobby: {
    isRepeatable: true,
    summary: 'Host: who waits, longest first.',
    request: AboutRoom,
    reply: Type.Object({ guests: Type.Array(LobbyGuest, { maxItems: mostWaiting }) }, strict),
    errors: ['room_not_found', 'forbidden'],
    key: 'roomId',
  },
  answerLobby: {
    isRepeatable: true,
    summary: 'Host: lets people in who wait, or does not. Who does not wait (any more) is left out.',
    request: Type.Object(
      {
        roomId: RoomId,
        userIds: Type.Array(UserId, { minItems: 1, maxItems: mostWaiting, uniqueItems: true }),
        isAdmitted: Type.Boolean(),
      },
      strict,
    ),
    reply: Empty,
    errors: ['room_not_found', 'forbidden', 'room_full'],
    key: 'roomId',
  },
} as const satisfies ServiceContract
