import { Type, type Static } from 'typebox'
import { DisplayName, Handle, Instant, StatusMessage, UserId } from './ids.ts'

const strict = { additionalProperties: false } as const

/** How much of a person is refused: nothing they send, or also their profile and mine. */
export const BlockLevel = Type.Union([Type.Literal('messages'), Type.Literal('profile')])
export type BlockLevel = Static<typeof BlockLevel>

/** What others see of a person. With a block at level `profile` the status message is empty. */
export const Profile = Type.Object(
  { userId: UserId, handle: Handle, displayName: DisplayName, statusMessage: StatusMessage },
  strict,
)
export type Profile = Static<typeof Profile>

export const MyProfile = Type.Object(
  {
    userId: UserId,
    handle: Handle,
    displayName: DisplayName,
    statusMessage: StatusMessage,
    /** Off: nobody sees whether I am online, and I do not see others. */
    presenceVisible: Type.Boolean(),
  },
  strict,
)
export type MyProfile = Static<typeof MyProfile>

export const Friend = Type.Object(
  { profile: Profile, isFavourite: Type.Boolean(), isHidden: Type.Boolean(), addedAt: Instant },
  strict,
)
export type Friend = Static<typeof Friend>

/** Somebody who added me and whom I have not added (nor blocked). */
export const Admirer = Type.Object({ profile: Profile, addedAt: Instant }, strict)
export type Admirer = Static<typeof Admirer>

export const Block = Type.Object({ profile: Profile, level: BlockLevel, blockedAt: Instant }, strict)
export type Block = Static<typeof Block>
