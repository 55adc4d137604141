import type { Admirer, Block, Friend, MyProfile, Profile } from '@our-now/contracts/people.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { PeopleStack, Person } from './start-people.ts'

/** What one person's devices know of people. */
export interface PeopleView {
  readonly me: MyProfile | undefined
  readonly friends: Readonly<Record<string, Friend>>
  readonly admirers: Readonly<Record<string, Admirer>>
  readonly blocks: Readonly<Record<string, Block>>
}

const nothing: PeopleView = { me: undefined, friends: {}, admirers: {}, blocks: {} }

/** The rules by which any client follows the user log: each event carries the whole new state of its thing. */
export function follow(events: readonly UserEvent[], from: PeopleView = nothing): PeopleView {
  return events.reduce(applied, from)
}

function applied(view: PeopleView, event: UserEvent): PeopleView {
  switch (event.kind) {
    case 'profile-changed':
      return { ...view, me: event.profile }
    case 'friend-changed': {
      const { userId } = event.friend.profile
      const friends = { ...view.friends, [userId]: event.friend }
      return { ...view, friends, admirers: without(view.admirers, userId) }
    }
    case 'friend-removed':
      return { ...view, friends: without(view.friends, event.friendId) }
    case 'friend-profile-changed':
      return withProfile(view, event.profile)
    case 'admirer-added': {
      const admirers = { ...view.admirers, [event.admirer.profile.userId]: event.admirer }
      return { ...view, admirers }
    }
    case 'admirer-removed':
      return { ...view, admirers: without(view.admirers, event.admirerId) }
    case 'block-changed': {
      const { userId } = event.block.profile
      const blocks = { ...view.blocks, [userId]: event.block }
      return withProfile({ ...view, blocks, admirers: without(view.admirers, userId) }, event.block.profile)
    }
    case 'block-removed':
      return { ...view, blocks: without(view.blocks, event.blockedId) }
    default:
      return view
  }
}

/** A name is one fact shown in several lists. */
function withProfile(view: PeopleView, profile: Profile): PeopleView {
  const renamed = <T extends { readonly profile: Profile }>(list: Readonly<Record<string, T>>) => {
    const known = list[profile.userId]
    return known === undefined ? list : { ...list, [profile.userId]: { ...known, profile } }
  }
  return {
    ...view,
    friends: renamed(view.friends),
    admirers: renamed(view.admirers),
    blocks: renamed(view.blocks),
  }
}

function without<T>(list: Readonly<Record<string, T>>, userId: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(list).filter(([id]) => id !== userId))
}

/** What a device that loads everything anew knows. */
export async function loadView({ api }: PeopleStack, { as }: Person): Promise<PeopleView> {
  const { friends } = await api.listFriends(as, {})
  const { admirers } = await api.listAdmirers(as, {})
  const { blocks } = await api.listBlocks(as, {})
  const byId = <T extends { readonly profile: Profile }>(list: readonly T[]) =>
    Object.fromEntries(list.map((entry) => [entry.profile.userId, entry]))
  return {
    me: await api.getMyProfile(as, {}),
    friends: byId(friends),
    admirers: byId(admirers),
    blocks: byId(blocks),
  }
}
