import { Empty, RoomId, RoomName, Seq, UserId } from '../ids.ts'
import { Member, RoomSummary } from '../rooms.ts'
import type { ServiceContract } from '../service-contract.ts'
import { AboutRoom, AboutUser, nextCursor, pageOf, strict, UserIds } from './shapes.ts'
import { Type } from 'typebox'

/** Making rooms, joining, leaving, naming. */
export const roomOperations = {
  listRooms: {
    isRepeatable: true,
    summary: 'My rooms: pinned first, then latest activity first.',
    request: Type.Object(pageOf(100), strict),
    reply: Type.Object(
      { rooms: Type.Array(RoomSummary, { maxItems: 100 }), nextCursor, userHead: Seq },
      strict,
    ),
  },
  getRoom: {
    isRepeatable: true,
    summary: 'One of my rooms.',
    request: AboutRoom,
    reply: RoomSummary,
    errors: ['room_not_found'],
    key: 'roomId',
  },
  openDirectRoom: {
    isRepeatable: true,
    summary: 'The 1:1 room with a person; makes it when there is none.',
    request: AboutUser,
    reply: RoomSummary,
    errors: ['user_not_found', 'cannot_target_self'],
  },
  createGroup: {
    summary: 'Makes a group with these people; the caller owns it.',
    request: Type.Object(
      { clientRoomId: Type.Optional(RoomId), name: Type.Optional(RoomName), userIds: UserIds },
      strict,
    ),
    reply: RoomSummary,
    errors: ['user_not_found', 'name_invalid', 'room_full'],
  },
  inviteMembers: {
    isRepeatable: true,
    summary: 'Brings people into a group. In a 1:1 room it makes a new group of all and answers with that.',
    request: Type.Object({ roomId: RoomId, userIds: UserIds }, strict),
    reply: RoomSummary,
    errors: ['room_not_found', 'user_not_found', 'room_full'],
    key: 'roomId',
  },
  leaveRoom: {
    summary: 'Leaves a group or drops a 1:1 room from my list. Quietly: no line is shown to the others.',
    request: Type.Object({ roomId: RoomId, isQuiet: Type.Boolean() }, strict),
    reply: Empty,
    errors: ['room_not_found', 'forbidden'],
    key: 'roomId',
  },
  removeMember: {
    summary: 'Owner: takes a member out of a group.',
    request: Type.Object({ roomId: RoomId, userId: UserId }, strict),
    reply: Empty,
    errors: ['room_not_found', 'user_not_found', 'forbidden', 'cannot_target_self'],
    key: 'roomId',
  },
  renameRoom: {
    summary: 'Names a group; an empty name shows the members’ names again.',
    request: Type.Object({ roomId: RoomId, name: RoomName }, strict),
    reply: RoomSummary,
    errors: ['room_not_found', 'room_is_direct', 'name_invalid'],
    key: 'roomId',
  },
  updateMembership: {
    isRepeatable: true,
    summary: 'Mutes or pins a room for me.',
    request: Type.Object(
      { roomId: RoomId, isMuted: Type.Optional(Type.Boolean()), isPinned: Type.Optional(Type.Boolean()) },
      strict,
    ),
    reply: RoomSummary,
    errors: ['room_not_found'],
    key: 'roomId',
  },
  listMembers: {
    isRepeatable: true,
    summary: "A room's members, longest-standing first.",
    request: Type.Object({ roomId: RoomId, ...pageOf(200) }, strict),
    reply: Type.Object({ members: Type.Array(Member, { maxItems: 200 }), nextCursor }, strict),
    errors: ['room_not_found'],
    key: 'roomId',
  },
} as const satisfies ServiceContract
