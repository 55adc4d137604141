import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { PublishUserEvents } from '../user-log/publish-user-events.ts'
import { createReadUserEvents } from '../user-log/read-user-events.ts'
import { createSyncUser } from '../user-log/sync-user.ts'
import { createAcceptFriendInvite } from './accept-friend-invite.ts'
import { createAddFriend } from './add-friend.ts'
import { createBlockUser } from './block-user.ts'
import { createChangePeople } from './change-people.ts'
import { createEnsureProfile, type EnsureSelfRoom } from './ensure-profile.ts'
import { createFindUser } from './find-user.ts'
import { createFindFriendInvite, createGetFriendInvite, createRotateFriendInvite } from './friend-invite.ts'
import { createGetMyProfile } from './get-my-profile.ts'
import { createGetUser } from './get-user.ts'
import { createListAdmirers } from './list-admirers.ts'
import { createListBlocks } from './list-blocks.ts'
import { createListFriends } from './list-friends.ts'
import { createListWatchable } from './list-watchable.ts'
import { createProfileTelling } from './profile-telling.ts'
import { createRemoveFriend } from './remove-friend.ts'
import { createUnblockUser } from './unblock-user.ts'
import { createUpdateFriend } from './update-friend.ts'
import { createUpdateProfile } from './update-profile.ts'

export type PeopleApi = Pick<
  ChatApi,
  | 'ensureProfile'
  | 'getMyProfile'
  | 'updateProfile'
  | 'getUser'
  | 'findUser'
  | 'listFriends'
  | 'addFriend'
  | 'updateFriend'
  | 'removeFriend'
  | 'listAdmirers'
  | 'getFriendInvite'
  | 'rotateFriendInvite'
  | 'findFriendInvite'
  | 'acceptFriendInvite'
  | 'listBlocks'
  | 'blockUser'
  | 'unblockUser'
  | 'listWatchable'
  | 'syncUser'
  | 'readUserEvents'
>

export interface PeopleDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  /** Called after each commit with what was added to users' own logs. */
  readonly publish: PublishUserEvents
  readonly ensureSelfRoom: EnsureSelfRoom
  /** Most people on one's friend list, and on one's block list. */
  readonly maxListed: number
}

/** The people half of the chat service. */
export interface People {
  readonly api: PeopleApi
  /** Goes on telling of profile changes that a crash interrupted. */
  start(): void
  stop(): Promise<void>
}

export function createPeople({
  database,
  clock,
  log,
  publish,
  ensureSelfRoom,
  maxListed,
}: PeopleDeps): People {
  const changePeople = createChangePeople({ database, clock, publish })
  const telling = createProfileTelling({ database, changePeople, log })
  return {
    api: {
      ensureProfile: createEnsureProfile({ changePeople, ensureSelfRoom }),
      getMyProfile: createGetMyProfile({ database }),
      updateProfile: createUpdateProfile({ changePeople, telling }),
      getUser: createGetUser({ database }),
      findUser: createFindUser({ database }),
      listFriends: createListFriends({ database, clock }),
      addFriend: createAddFriend({ changePeople, maxListed }),
      updateFriend: createUpdateFriend({ changePeople }),
      removeFriend: createRemoveFriend({ changePeople }),
      listAdmirers: createListAdmirers({ database }),
      getFriendInvite: createGetFriendInvite({ database }),
      rotateFriendInvite: createRotateFriendInvite({ changePeople }),
      findFriendInvite: createFindFriendInvite({ database }),
      acceptFriendInvite: createAcceptFriendInvite({ changePeople, maxListed }),
      listBlocks: createListBlocks({ database }),
      blockUser: createBlockUser({ changePeople, maxListed }),
      unblockUser: createUnblockUser({ changePeople }),
      listWatchable: createListWatchable({ database }),
      syncUser: createSyncUser({ database }),
      readUserEvents: createReadUserEvents({ database }),
    },
    start: () => telling.nudge(),
    stop: () => telling.stop(),
  }
}
