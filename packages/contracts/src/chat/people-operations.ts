import { DisplayName, Empty, Handle, InviteCode, StatusMessage, UserId } from '../ids.ts'
import { Admirer, Block, BlockLevel, Friend, MyProfile, Profile } from '../people.ts'
import type { ServiceContract } from '../service-contract.ts'
import { AboutUser, nextCursor, pageOf, strict, UserIds } from './shapes.ts'
import { Type, type Static } from 'typebox'

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

/** Profiles, friends, friend links, blocks. */
export const peopleOperations = {
  ensureProfile: {
    isRepeatable: true,
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
  getMyProfile: { isRepeatable: true, summary: "One's own profile.", request: Empty, reply: MyProfile },
  updateProfile: {
    isRepeatable: true,
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
    isRepeatable: true,
    summary: 'A person and how I stand to them.',
    request: AboutUser,
    reply: RelationToUser,
    errors: ['user_not_found'],
  },
  findUser: {
    isRepeatable: true,
    summary: 'Finds a person by exact id.',
    request: Type.Object({ handle: Type.String({ minLength: 1, maxLength: 64 }) }, strict),
    reply: RelationToUser,
    errors: ['user_not_found'],
  },
  listFriends: {
    isRepeatable: true,
    summary: 'My friends, favourites first, then 가나다, A–Z, others. Hidden ones are included, marked.',
    request: Type.Object(pageOf(200), strict),
    reply: Type.Object({ friends: Type.Array(Friend, { maxItems: 200 }), nextCursor }, strict),
  },
  addFriend: {
    isRepeatable: true,
    summary: 'Adds a person to my friends. Repeating it is harmless.',
    request: AboutUser,
    reply: Friend,
    errors: ['user_not_found', 'cannot_target_self', 'blocked'],
  },
  updateFriend: {
    isRepeatable: true,
    summary: 'Marks a friend as favourite or hidden.',
    request: Type.Object(
      { userId: UserId, isFavourite: Type.Optional(Type.Boolean()), isHidden: Type.Optional(Type.Boolean()) },
      strict,
    ),
    reply: Friend,
    errors: ['user_not_found'],
  },
  removeFriend: {
    isRepeatable: true,
    summary: 'Takes a person off my friends. Repeating it is harmless.',
    request: AboutUser,
    reply: Empty,
  },
  listAdmirers: {
    isRepeatable: true,
    summary: 'People who added me and whom I have not added, newest first.',
    request: Type.Object(pageOf(200), strict),
    reply: Type.Object({ admirers: Type.Array(Admirer, { maxItems: 200 }), nextCursor }, strict),
  },
  getFriendInvite: {
    isRepeatable: true,
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
    isRepeatable: true,
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
    isRepeatable: true,
    summary: 'People I block, newest first.',
    request: Type.Object(pageOf(200), strict),
    reply: Type.Object({ blocks: Type.Array(Block, { maxItems: 200 }), nextCursor }, strict),
  },
  blockUser: {
    isRepeatable: true,
    summary: 'Blocks a person (messages, or messages and profile), or changes the level. They are not told.',
    request: Type.Object({ userId: UserId, level: BlockLevel }, strict),
    reply: Block,
    errors: ['user_not_found', 'cannot_target_self'],
  },
  unblockUser: {
    isRepeatable: true,
    summary: 'Ends a block. Repeating it is harmless.',
    request: AboutUser,
    reply: Empty,
  },
  listWatchable: {
    isRepeatable: true,
    summary: 'Between services: which of these people let the caller see their presence.',
    request: Type.Object({ userIds: UserIds }, strict),
    reply: Type.Object({ userIds: Type.Array(UserId, { maxItems: 200 }) }, strict),
  },
} as const satisfies ServiceContract
