import { Type, type Static } from 'typebox'
import { Instant, Ordinal, RoomId, Seq, UserId } from './ids.ts'
import { Admirer, Block, Friend, MyProfile, Profile } from './people.ts'
import { RoomSummary } from './rooms.ts'

const strict = { additionalProperties: false } as const
const eventBase = { userId: UserId, seq: Seq, at: Instant }

/**
 * Every fact of one user's own log: what concerns the person and not one room. All devices follow it, so that they
 * never drift apart. Each carries the whole new state of its thing: applying one twice changes nothing.
 */
export const UserEvent = Type.Union([
  Type.Object({ ...eventBase, kind: Type.Literal('profile-changed'), profile: MyProfile }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('friend-changed'), friend: Friend }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('friend-removed'), friendId: UserId }, strict),
  /** Of anybody on my lists: friends, people who added me, people I block. */
  Type.Object({ ...eventBase, kind: Type.Literal('friend-profile-changed'), profile: Profile }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('admirer-added'), admirer: Admirer }, strict),
  /** They took me off their friends; they are not told that I am told. */
  Type.Object({ ...eventBase, kind: Type.Literal('admirer-removed'), admirerId: UserId }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('block-changed'), block: Block }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('block-removed'), blockedId: UserId }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('room-joined'), room: RoomSummary }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('room-left'), roomId: RoomId }, strict),
  Type.Object(
    {
      ...eventBase,
      kind: Type.Literal('membership-changed'),
      roomId: RoomId,
      isMuted: Type.Boolean(),
      isPinned: Type.Boolean(),
    },
    strict,
  ),
  Type.Object(
    { ...eventBase, kind: Type.Literal('cursor-moved'), roomId: RoomId, readSeq: Seq, readOrdinal: Ordinal },
    strict,
  ),
])
export type UserEvent = Static<typeof UserEvent>
export type UserEventKind = UserEvent['kind']
