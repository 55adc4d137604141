import { Type, type Static } from 'typebox'
import {
  Count,
  DisplayName,
  Empty,
  Handle,
  InviteCode,
  PageCursor,
  RoomId,
  RoomName,
  Seq,
  StatusMessage,
  UserId,
} from './ids.ts'
import { Admirer, Block, BlockLevel, Friend, MyProfile, Profile } from './people.ts'
import { Member, Message, RoomCursors, RoomEvent, RoomSummary, SendMessage, SentMessage } from './rooms.ts'
import type { ServiceApi, ServiceContract } from './service-contract.ts'
import { UserEvent } from './user-events.ts'

const strict = { additionalProperties: false } as const
const pageOf = (max: number) => ({
  cursor: Type.Optional(PageCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: max })),
})
const nextCursor = Type.Optional(PageCursor)
const AboutRoom = Type.Object({ roomId: RoomId }, strict)
const AboutUser = Type.Object({ userId: UserId }, strict)
const UserIds = Type.Array(UserId, { minItems: 1, maxItems: 200, uniqueItems: true })

/** Where a client or gateway stands in one log. */
export const RoomHave = Type.Object({ roomId: RoomId, have: Seq }, strict)
export const RoomHead = Type.Object(
  {
    roomId: RoomId,
    head: Seq,
    /** Counts joins and leaves: on a change the gateway re-reads who of its sockets may stay. */
    membershipRev: Count,
    /** Counts read cursor moves: on a mismatch clients fetch the cursors anew. */
    cursorRev: Count,
  },
  strict,
)
export type RoomHead = Static<typeof RoomHead>
export const UserHead = Type.Object({ userId: UserId, head: Seq }, strict)
export type UserHead = Static<typeof UserHead>

/** The answer for one room: events (have, head] in order, at most 200. */
export const RoomSync = Type.Object(
  {
    roomId: RoomId,
    head: Seq,
    cursorRev: Count,
    events: Type.Array(RoomEvent, { maxItems: 200 }),
    /** More events follow: ask again from the last one. */
    more: Type.Boolean(),
    /** The gap is over 2,000 or `have` is beyond head: drop the copy, load the last page. */
    reset: Type.Boolean(),
  },
  strict,
)
export type RoomSync = Static<typeof RoomSync>

export const RelationToUser = Type.Object(
  {
    profile: Profile,
    isFriend: Type.Boolean(),
    isFavourite: Type.Boolean(),
    isHidden: Type.Boolean(),
    block: Type.Optional(BlockLevel),
  },
  strict,
)
export type RelationToUser = Static<typeof RelationToUser>

export const chatContract = {
  // ── people ──
  ensureProfile: {
    summary: 'Between services: makes the profile and the note-to-self room of an account, once.',
    request: Type.Object(
      {
        userId: UserId,
        handle: Handle,
        displayName: DisplayName,
        locale: Type.Optional(Type.Union([Type.Literal('ko'), Type.Literal('en')])),
      },
      strict,
    ),
    reply: MyProfile,
    key: 'userId',
  },
  getMyProfile: { summary: "One's own profile.", request: Empty, reply: MyProfile },
  updateProfile: {
    summary: "Changes one's own name, status message or presence switch.",
    request: Type.Object(
      {
        displayName: Type.Optional(DisplayName),
        statusMessage: Type.Optional(StatusMessage),
        presenceVisible: Type.Optional(Type.Boolean()),
      },
      strict,
    ),
    reply: MyProfile,
    errors: ['name_invalid'],
  },
  getUser: {
    summary: 'A person and how I stand to them.',
    request: AboutUser,
    reply: RelationToUser,
    errors: ['user_not_found'],
  },
  findUser: {
    summary: 'Finds a person by exact id.',
    request: Type.Object({ handle: Type.String({ minLength: 1, maxLength: 64 }) }, strict),
    reply: RelationToUser,
    errors: ['user_not_found'],
  },
  listFriends: {
    summary: 'My friends, favourites first, then 가나다, A–Z, others. Hidden ones are included, marked.',
    request: Type.Object(pageOf(200), strict),
    reply: Type.Object({ friends: Type.Array(Friend, { maxItems: 200 }), nextCursor }, strict),
  },
  addFriend: {
    summary: 'Adds a person to my friends. Repeating it is harmless.',
    request: AboutUser,
    reply: Friend,
    errors: ['user_not_found', 'cannot_target_self', 'blocked'],
  },
  updateFriend: {
    summary: 'Marks a friend as favourite or hidden.',
    request: Type.Object(
      { userId: UserId, isFavourite: Type.Optional(Type.Boolean()), isHidden: Type.Optional(Type.Boolean()) },
      strict,
    ),
    reply: Friend,
    errors: ['user_not_found'],
  },
  removeFriend: {
    summary: 'Takes a person off my friends. Repeating it is harmless.',
    request: AboutUser,
    reply: Empty,
  },
  listAdmirers: {
    summary: 'People who added me and whom I have not added, newest first.',
    request: Type.Object(pageOf(200), strict),
    reply: Type.Object({ admirers: Type.Array(Admirer, { maxItems: 200 }), nextCursor }, strict),
  },
  getFriendInvite: {
    summary: 'My friend link’s code. Whoever opens it and accepts becomes my friend and I theirs.',
    request: Empty,
    reply: Type.Object({ code: InviteCode }, strict),
  },
  rotateFriendInvite: {
    summary: 'Makes a new friend link; the old one ends.',
    request: Empty,
    reply: Type.Object({ code: InviteCode }, strict),
  },
  findFriendInvite: {
    summary: 'Whose friend link this is.',
    request: Type.Object({ code: InviteCode }, strict),
    reply: RelationToUser,
    errors: ['invite_not_found'],
  },
  acceptFriendInvite: {
    summary: 'Becomes friends with the owner of the link, both ways.',
    request: Type.Object({ code: InviteCode }, strict),
    reply: Friend,
    errors: ['invite_not_found', 'cannot_target_self', 'blocked'],
  },
  listBlocks: {
    summary: 'People I block, newest first.',
    request: Type.Object(pageOf(200), strict),
    reply: Type.Object({ blocks: Type.Array(Block, { maxItems: 200 }), nextCursor }, strict),
  },
  blockUser: {
    summary: 'Blocks a person (messages, or messages and profile), or changes the level. They are not told.',
    request: Type.Object({ userId: UserId, level: BlockLevel }, strict),
    reply: Block,
    errors: ['user_not_found', 'cannot_target_self'],
  },
  unblockUser: { summary: 'Ends a block. Repeating it is harmless.', request: AboutUser, reply: Empty },
  listWatchable: {
    summary: 'Between services: which of these people let the caller see their presence.',
    request: Type.Object({ userIds: UserIds }, strict),
    reply: Type.Object({ userIds: Type.Array(UserId, { maxItems: 200 }) }, strict),
  },

  // ── rooms ──
  listRooms: {
    summary: 'My rooms: pinned first, then latest activity first.',
    request: Type.Object(pageOf(100), strict),
    reply: Type.Object(
      { rooms: Type.Array(RoomSummary, { maxItems: 100 }), nextCursor, userHead: Seq },
      strict,
    ),
  },
  getRoom: {
    summary: 'One of my rooms.',
    request: AboutRoom,
    reply: RoomSummary,
    errors: ['room_not_found'],
    key: 'roomId',
  },
  openDirectRoom: {
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
    summary: "A room's members, longest-standing first.",
    request: Type.Object({ roomId: RoomId, ...pageOf(200) }, strict),
    reply: Type.Object({ members: Type.Array(Member, { maxItems: 200 }), nextCursor }, strict),
    errors: ['room_not_found'],
    key: 'roomId',
  },

  // ── messages ──
  sendMessage: {
    summary: 'Writes a message. Answered when it is on disk; a repeat with the same id answers the same.',
    request: SendMessage,
    reply: SentMessage,
    errors: [
      'room_not_found',
      'message_empty',
      'message_too_long',
      'conflict',
      'overloaded',
      'storage_full',
      'rate_limited',
    ],
    key: 'roomId',
  },
  deleteMessage: {
    summary: 'Deletes my message for everyone within 24 hours. Repeating it is harmless.',
    request: Type.Object({ roomId: RoomId, seq: Seq }, strict),
    reply: Empty,
    errors: ['room_not_found', 'message_not_found', 'forbidden', 'delete_too_late'],
    key: 'roomId',
  },
  listMessages: {
    summary:
      'A page of history, ascending by seq. At most one of before, after, around; none: the newest page.',
    request: Type.Object(
      {
        roomId: RoomId,
        before: Type.Optional(Seq),
        after: Type.Optional(Seq),
        around: Type.Optional(Seq),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      },
      strict,
    ),
    reply: Type.Object(
      {
        messages: Type.Array(Message, { maxItems: 200 }),
        /** The page's other lines: joins, leaves, renames between its first and last position. */
        notices: Type.Array(RoomEvent, { maxItems: 400 }),
        /** The state of the log that the page shows. */
        asOfSeq: Seq,
        hasBefore: Type.Boolean(),
        hasAfter: Type.Boolean(),
      },
      strict,
    ),
    errors: ['room_not_found'],
    key: 'roomId',
  },
  syncRooms: {
    summary:
      'What the caller missed in these rooms. Rooms that are not (any more) the caller’s are in `gone`.',
    request: Type.Object({ rooms: Type.Array(RoomHave, { minItems: 1, maxItems: 200 }) }, strict),
    reply: Type.Object(
      {
        rooms: Type.Array(RoomSync, { maxItems: 200 }),
        gone: Type.Array(RoomId, { maxItems: 200 }),
        /** Rooms not answered because the reply was full (2,000 events): ask again. */
        rest: Type.Array(RoomId, { maxItems: 200 }),
      },
      strict,
    ),
  },
  syncUser: {
    summary: 'What the caller missed in the own user log: events (have, head], at most 200.',
    request: Type.Object({ have: Seq }, strict),
    reply: Type.Object(
      {
        head: Seq,
        events: Type.Array(UserEvent, { maxItems: 200 }),
        more: Type.Boolean(),
        reset: Type.Boolean(),
      },
      strict,
    ),
  },
  listCursors: {
    summary: "A room's read cursors, for the unread numbers.",
    request: AboutRoom,
    reply: RoomCursors,
    errors: ['room_not_found'],
    key: 'roomId',
  },
  moveReadCursor: {
    summary: 'Says that the caller has read up to here. Only moves up; repeating it is harmless.',
    request: Type.Object({ roomId: RoomId, seq: Seq }, strict),
    reply: Type.Object({ readSeq: Seq }, strict),
    errors: ['room_not_found'],
    key: 'roomId',
  },

  // ── between services: what gateways repair from ──
  listSubscriptions: {
    summary: 'Between services: all rooms of the caller with their heads, 1,000 a page, and the user head.',
    request: Type.Object({ cursor: Type.Optional(PageCursor) }, strict),
    reply: Type.Object(
      { rooms: Type.Array(RoomHead, { maxItems: 1000 }), nextCursor, userHead: Seq },
      strict,
    ),
  },
  recentHeads: {
    summary: 'Between services: rooms and users that this replica committed for in the last 30 s.',
    request: Type.Object(
      { epoch: Type.Optional(Type.String({ maxLength: 64 })), since: Type.Optional(Count) },
      strict,
    ),
    reply: Type.Object(
      {
        /** Changes with each start of the replica: a new one means "check your rooms against the database". */
        epoch: Type.String({ maxLength: 64 }),
        /** Hand back as `since` to hear only what changed after. */
        position: Count,
        rooms: Type.Array(RoomHead),
        users: Type.Array(UserHead),
      },
      strict,
    ),
  },
  listHeads: {
    summary: 'Between services: the heads of these rooms and users from the database.',
    request: Type.Object(
      { roomIds: Type.Array(RoomId, { maxItems: 500 }), userIds: Type.Array(UserId, { maxItems: 500 }) },
      strict,
    ),
    reply: Type.Object(
      { rooms: Type.Array(RoomHead, { maxItems: 500 }), users: Type.Array(UserHead, { maxItems: 500 }) },
      strict,
    ),
  },
  readRoomEvents: {
    summary:
      'Between services: raw events (afterSeq, afterSeq+limit] of a room, with who each is withheld from.',
    request: Type.Object(
      { roomId: RoomId, afterSeq: Seq, limit: Type.Integer({ minimum: 1, maximum: 500 }) },
      strict,
    ),
    reply: Type.Object(
      {
        head: Seq,
        events: Type.Array(Type.Object({ event: RoomEvent, withheldFrom: Type.Optional(UserId) }, strict), {
          maxItems: 500,
        }),
      },
      strict,
    ),
    key: 'roomId',
  },
  readUserEvents: {
    summary: 'Between services: events (afterSeq, afterSeq+limit] of a user log.',
    request: Type.Object(
      { userId: UserId, afterSeq: Seq, limit: Type.Integer({ minimum: 1, maximum: 500 }) },
      strict,
    ),
    reply: Type.Object({ head: Seq, events: Type.Array(UserEvent, { maxItems: 500 }) }, strict),
  },
  filterMembers: {
    summary: 'Between services: which of these users are members of the room now.',
    request: Type.Object({ roomId: RoomId, userIds: Type.Array(UserId, { maxItems: 500 }) }, strict),
    reply: Type.Object(
      { membershipRev: Count, userIds: Type.Array(UserId, { maxItems: 500 }), memberCount: Count },
      strict,
    ),
    key: 'roomId',
  },
} as const satisfies ServiceContract

export type ChatApi = ServiceApi<typeof chatContract>
