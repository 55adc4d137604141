import type { BlockLevel } from '@our-now/contracts/people.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startPeople, type PeopleStack, type Person } from './support/start-people.ts'

let stack: PeopleStack
let ada: Person
let bob: Person
beforeEach(async () => {
  stack = await startPeople()
  ada = await stack.join('ada', '에이다')
  bob = await stack.join('bob', '밥')
})
afterEach(() => stack.close())

/** Everything that a person can ask about another, without the instants. */
async function everythingSeen(viewer: Person, seen: Person): Promise<unknown> {
  const { api } = stack
  const { code } = await api.getFriendInvite(seen.as, {})
  const accepted = await api.acceptFriendInvite(viewer.as, { code })
  return {
    user: await api.getUser(viewer.as, { userId: seen.userId }),
    found: await api.findUser(viewer.as, { handle: seen.handle }),
    invite: await api.findFriendInvite(viewer.as, { code }),
    added: await api.addFriend(viewer.as, { userId: seen.userId }),
    accepted,
    marked: await api.updateFriend(viewer.as, { userId: seen.userId, isFavourite: true }),
    friends: await api.listFriends(viewer.as, {}),
    admirers: await api.listAdmirers(viewer.as, {}),
    blocks: await api.listBlocks(viewer.as, {}),
    kinds: (await stack.eventsOf(viewer)).map(({ kind }) => kind),
  }
}

describe('what the blocked person sees', () => {
  test.each<BlockLevel>(['messages', 'profile'])(
    'at level %s: the same answers as without',
    async (level) => {
      const cee = await stack.join('cee', '밥')
      await stack.api.blockUser(ada.as, { userId: bob.userId, level })
      // Two equal people ask the same; only one of them is blocked.
      expect(await everythingSeen(bob, ada)).toEqual(await everythingSeen(cee, ada))
    },
  )

  test('at level profile the status message looks cleared', async () => {
    await stack.api.updateProfile(ada.as, { statusMessage: '비밀 산책' })
    await stack.api.addFriend(bob.as, { userId: ada.userId })
    const head = await stack.headOf(bob)
    await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'profile' })
    const events = await stack.eventsOf(bob, head)
    expect(events).toMatchObject([{ kind: 'friend-profile-changed', profile: { statusMessage: '' } }])
    expect(JSON.stringify(await everythingSeen(bob, ada))).not.toContain('비밀')

    await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'messages' })
    expect((await stack.api.listFriends(bob.as, {})).friends).toMatchObject([
      { profile: { statusMessage: '비밀 산책' } },
    ])
  })

  test('a new status message behind a block at level profile makes no event for them', async () => {
    await stack.api.addFriend(bob.as, { userId: ada.userId })
    await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'profile' })
    const head = await stack.headOf(bob)
    await stack.api.updateProfile(ada.as, { statusMessage: '안 보여요' })
    expect(await stack.headOf(bob)).toBe(head)
    await stack.api.updateProfile(ada.as, { displayName: '새 이름', statusMessage: '이것도' })
    expect(await stack.eventsOf(bob, head)).toMatchObject([
      { kind: 'friend-profile-changed', profile: { displayName: '새 이름', statusMessage: '' } },
    ])
  })

  test('blocking and unblocking without a status message makes no event for them', async () => {
    await stack.api.addFriend(bob.as, { userId: ada.userId })
    await stack.api.addFriend(ada.as, { userId: bob.userId })
    const head = await stack.headOf(bob)
    for (const level of ['messages', 'profile', 'messages'] as const)
      await stack.api.blockUser(ada.as, { userId: bob.userId, level })
    await stack.api.unblockUser(ada.as, { userId: bob.userId })
    expect(await stack.headOf(bob)).toBe(head)
  })
})

describe('what the blocker sees', () => {
  test('being added by a blocked person stays unheard until the block ends', async () => {
    await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'messages' })
    const head = await stack.headOf(ada)
    await stack.api.addFriend(bob.as, { userId: ada.userId })
    const { code } = await stack.api.getFriendInvite(ada.as, {})
    await stack.api.acceptFriendInvite(bob.as, { code })
    expect(await stack.headOf(ada)).toBe(head)
    expect(await stack.api.listAdmirers(ada.as, {})).toEqual({ admirers: [] })
    expect(await stack.api.listFriends(ada.as, {})).toEqual({ friends: [] })

    await stack.api.unblockUser(ada.as, { userId: bob.userId })
    expect((await stack.eventsOf(ada, head)).map(({ kind }) => kind)).toEqual([
      'block-removed',
      'admirer-added',
    ])
    expect((await stack.api.listAdmirers(ada.as, {})).admirers).toMatchObject([
      { profile: { handle: 'bob' } },
    ])
  })

  test('a blocked friend stays a friend and is back after unblocking', async () => {
    await stack.api.addFriend(ada.as, { userId: bob.userId })
    await stack.api.updateFriend(ada.as, { userId: bob.userId, isFavourite: true })
    await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'profile' })
    await stack.api.unblockUser(ada.as, { userId: bob.userId })
    await stack.api.unblockUser(ada.as, { userId: bob.userId })
    expect((await stack.api.listFriends(ada.as, {})).friends).toMatchObject([{ isFavourite: true }])
    expect(await stack.api.listBlocks(ada.as, {})).toEqual({ blocks: [] })
  })

  test('the level can be changed; the instant of the block stays', async () => {
    const first = await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'messages' })
    stack.clock.advance(60_000)
    const changed = await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'profile' })
    expect(changed).toEqual({ ...first, level: 'profile' })
    const head = await stack.headOf(ada)
    expect(await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'profile' })).toEqual(changed)
    expect(await stack.headOf(ada)).toBe(head)
  })

  test('whom I block I cannot add before unblocking', async () => {
    await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'messages' })
    const { code } = await stack.api.getFriendInvite(bob.as, {})
    for (const call of [
      stack.api.addFriend(ada.as, { userId: bob.userId }),
      stack.api.acceptFriendInvite(ada.as, { code }),
    ]) {
      const error: unknown = await call.catch((thrown: unknown) => thrown)
      expect(error instanceof AppError && error.code).toBe('blocked')
    }
    // Nothing of the refused acceptance stays.
    expect(await stack.api.listFriends(bob.as, {})).toEqual({ friends: [] })
  })

  test('a block at level profile hides both status messages from each other', async () => {
    await stack.api.updateProfile(bob.as, { statusMessage: '여기 있어요' })
    const block = await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'profile' })
    expect(block.profile.statusMessage).toBe('')
    expect((await stack.api.getUser(ada.as, { userId: bob.userId })).profile.statusMessage).toBe('')
  })
})

describe('presence', () => {
  const mayWatch = async (viewer: Person, seen: Person): Promise<boolean> =>
    (await stack.api.listWatchable(viewer.as, { userIds: [seen.userId] })).userIds.length === 1

  const yes = { friend: true, back: true, mine: true, theirs: true, block: undefined, blockedBy: undefined }
  test.each([
    { ...yes, watches: true },
    { ...yes, friend: false, watches: false },
    { ...yes, back: false, watches: false },
    { ...yes, mine: false, watches: false },
    { ...yes, theirs: false, watches: false },
    { ...yes, block: 'messages' as const, watches: true },
    { ...yes, blockedBy: 'messages' as const, watches: true },
    { ...yes, block: 'profile' as const, watches: false },
    { ...yes, blockedBy: 'profile' as const, watches: false },
  ])(
    'friend $friend, friend back $back, visible $mine/$theirs, blocks $block/$blockedBy: $watches',
    async ({ friend, back, mine, theirs, block, blockedBy, watches }) => {
      if (friend) await stack.api.addFriend(ada.as, { userId: bob.userId })
      if (back) await stack.api.addFriend(bob.as, { userId: ada.userId })
      await stack.api.updateProfile(ada.as, { presenceVisible: mine })
      await stack.api.updateProfile(bob.as, { presenceVisible: theirs })
      if (block) await stack.api.blockUser(ada.as, { userId: bob.userId, level: block })
      if (blockedBy) await stack.api.blockUser(bob.as, { userId: ada.userId, level: blockedBy })
      expect(await mayWatch(ada, bob)).toBe(watches)
      // The rule is the same from both sides.
      expect(await mayWatch(bob, ada)).toBe(watches)
    },
  )

  test('unknown people and oneself are not watchable', async () => {
    expect(await mayWatch(ada, ada)).toBe(false)
    const userIds = ['01890000-0000-7000-8000-000000000000', bob.userId]
    expect(await stack.api.listWatchable(ada.as, { userIds })).toEqual({ userIds: [] })
  })
})
