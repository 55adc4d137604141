import { AppError } from '@our-now/platform/errors/app-error.ts'
import { naughtyStrings } from '@our-now/testkit/naughty-strings.ts'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asUser, startPeople, type PeopleStack } from './support/start-people.ts'

let stack: PeopleStack
beforeEach(async () => {
  stack = await startPeople()
})
afterEach(() => stack.close())

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : `bug: ${String(error)}`),
  )
const nobody = (): string => uuidv7()

describe('profiles', () => {
  test('a profile is made once, however often and at the same time it is asked for', async () => {
    const userId = uuidv7()
    const request = { userId, handle: 'ada', displayName: '  아다  ' }
    const made = await Promise.all(
      [1, 2, 3, 4].map(() => stack.api.ensureProfile({ traceId: 'test' }, request)),
    )
    expect(new Set(made.map((profile) => JSON.stringify(profile))).size).toBe(1)
    expect(made[0]).toEqual({
      userId,
      handle: 'ada',
      displayName: '아다',
      statusMessage: '',
      presenceVisible: true,
    })
    const events = await stack.eventsOf({ userId, handle: 'ada', as: asUser(userId) })
    expect(events.map(({ kind }) => kind)).toEqual(['profile-changed'])
    expect(stack.selfRooms).toEqual([userId, userId, userId, userId])
  })

  test('a later sign-in changes neither name nor handle', async () => {
    const ada = await stack.join('ada', '아다')
    await stack.api.updateProfile(ada.as, { displayName: '에이다' })
    const again = await stack.api.ensureProfile(
      { traceId: 'test' },
      { userId: ada.userId, handle: 'countess', displayName: '아다' },
    )
    expect(again).toMatchObject({ handle: 'ada', displayName: '에이다' })
  })

  test('a name that cannot be shown gives way to the handle, so that its owner can come in', async () => {
    const ada = await stack.join('ada', '\u200b\u3164')
    expect(await stack.api.getMyProfile(ada.as, {})).toMatchObject({ displayName: 'ada' })
  })

  test('who has no profile yet may try again in a moment', async () => {
    const early = asUser(nobody())
    const ada = await stack.join('ada')
    expect(await codeOf(stack.api.getMyProfile(early, {}))).toBe('unavailable')
    expect(await codeOf(stack.api.updateProfile(early, { statusMessage: 'hi' }))).toBe('unavailable')
    expect(await codeOf(stack.api.addFriend(early, { userId: ada.userId }))).toBe('unavailable')
    expect(await codeOf(stack.api.getFriendInvite(early, {}))).toBe('unavailable')
    expect(await codeOf(stack.api.getMyProfile({ traceId: 'test' }, {}))).toBe('unauthenticated')
  })

  test('names are stored NFC, trimmed and without direction marks', async () => {
    const ada = await stack.join('ada')
    const changed = await stack.api.updateProfile(ada.as, {
      displayName: ' \u202e\u1112\u1161\u11ab\u1109\u1167\u11ab\u2066 ',
      statusMessage: '  오늘도 맑음\u200f ',
    })
    expect(changed).toMatchObject({ displayName: '한션', statusMessage: '오늘도 맑음' })
  })

  test('names have 1 to 40 graphemes and status messages up to 60', async () => {
    const ada = await stack.join('ada')
    const family = '👨‍👩‍👧'
    const update = (changes: { displayName?: string; statusMessage?: string }) =>
      codeOf(stack.api.updateProfile(ada.as, changes))
    expect(await update({ displayName: '가'.repeat(40) })).toBe('ok')
    expect(await update({ displayName: '가'.repeat(41) })).toBe('name_invalid')
    expect(await update({ displayName: family.repeat(20) })).toBe('ok')
    expect(await update({ displayName: ' \u200b ' })).toBe('name_invalid')
    expect(await update({ displayName: 'a\u0000b' })).toBe('name_invalid')
    expect(await update({ displayName: 'a\nb' })).toBe('name_invalid')
    expect(await update({ displayName: 'a\ud800b' })).toBe('name_invalid')
    expect(await update({ statusMessage: family.repeat(50) })).toBe('ok')
    expect(await update({ statusMessage: '가'.repeat(60) })).toBe('ok')
    expect(await update({ statusMessage: '가'.repeat(61) })).toBe('name_invalid')
    expect(await update({ statusMessage: '두\n줄' })).toBe('name_invalid')
    expect(await update({ statusMessage: '' })).toBe('ok')
  })

  test('every naughty string is kept as a name or refused with a code, and pages by it work', async () => {
    const [me, ada] = [await stack.join('mia'), await stack.join('ada')]
    const bob = await stack.join('bob', 'zz')
    await stack.api.addFriend(me.as, { userId: ada.userId })
    await stack.api.addFriend(me.as, { userId: bob.userId })
    for (const text of naughtyStrings) {
      const code = await codeOf(stack.api.updateProfile(ada.as, { displayName: text.slice(0, 200) }))
      expect(['ok', 'name_invalid']).toContain(code)
      await codeOf(stack.api.updateProfile(ada.as, { statusMessage: text.slice(0, 400) }))
      const { nextCursor } = await stack.api.listFriends(me.as, { limit: 1 })
      expect(nextCursor?.length).toBeLessThanOrEqual(512)
      if (nextCursor !== undefined) await stack.api.listFriends(me.as, { limit: 1, cursor: nextCursor })
    }
  })

  test('a change without effect tells nobody', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    await stack.api.addFriend(bob.as, { userId: ada.userId })
    await stack.api.updateProfile(ada.as, { statusMessage: 'hi' })
    const heads = [await stack.headOf(ada), await stack.headOf(bob)]
    await stack.api.updateProfile(ada.as, { statusMessage: ' hi ', displayName: 'ada' })
    await stack.api.updateProfile(ada.as, {})
    expect([await stack.headOf(ada), await stack.headOf(bob)]).toEqual(heads)
  })

  test('switching presence off is told to the own devices only', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    await stack.api.addFriend(bob.as, { userId: ada.userId })
    const [adaHead, bobHead] = [await stack.headOf(ada), await stack.headOf(bob)]
    await stack.api.updateProfile(ada.as, { presenceVisible: false })
    const events = await stack.eventsOf(ada, adaHead)
    expect(events).toMatchObject([{ kind: 'profile-changed', profile: { presenceVisible: false } }])
    expect(await stack.headOf(bob)).toBe(bobHead)
  })
})

describe('finding people', () => {
  test('a person is found by the exact id, however it is typed', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    for (const handle of ['ada', ' ADA ', '@Ada', 'ａｄａ']) {
      const found = await stack.api.findUser(bob.as, { handle })
      expect(found).toMatchObject({ profile: { userId: ada.userId }, isFriend: false })
    }
    expect(await codeOf(stack.api.findUser(bob.as, { handle: 'ad' }))).toBe('user_not_found')
    expect(await codeOf(stack.api.findUser(bob.as, { handle: '%' }))).toBe('user_not_found')
  })

  test('a person who does not exist is not found', async () => {
    const ada = await stack.join('ada')
    const userId = nobody()
    expect(await codeOf(stack.api.getUser(ada.as, { userId }))).toBe('user_not_found')
    expect(await codeOf(stack.api.addFriend(ada.as, { userId }))).toBe('user_not_found')
    expect(await codeOf(stack.api.blockUser(ada.as, { userId, level: 'messages' }))).toBe('user_not_found')
    expect(await codeOf(stack.api.updateFriend(ada.as, { userId, isHidden: true }))).toBe('user_not_found')
    expect(await codeOf(stack.api.removeFriend(ada.as, { userId }))).toBe('ok')
    expect(await codeOf(stack.api.unblockUser(ada.as, { userId }))).toBe('ok')
  })

  test('nobody becomes their own friend or blocks themselves', async () => {
    const ada = await stack.join('ada')
    const { userId } = ada
    const { code } = await stack.api.getFriendInvite(ada.as, {})
    expect(await codeOf(stack.api.addFriend(ada.as, { userId }))).toBe('cannot_target_self')
    expect(await codeOf(stack.api.acceptFriendInvite(ada.as, { code }))).toBe('cannot_target_self')
    expect(await codeOf(stack.api.blockUser(ada.as, { userId, level: 'profile' }))).toBe('cannot_target_self')
    expect(await codeOf(stack.api.updateFriend(ada.as, { userId, isHidden: true }))).toBe('user_not_found')
    expect(await codeOf(stack.api.removeFriend(ada.as, { userId }))).toBe('ok')
    expect(await codeOf(stack.api.unblockUser(ada.as, { userId }))).toBe('ok')
    expect(await stack.headOf(ada)).toBe(1)
  })

  test('getUser says how I stand to somebody', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    await stack.api.addFriend(ada.as, { userId: bob.userId })
    await stack.api.updateFriend(ada.as, { userId: bob.userId, isFavourite: true, isHidden: true })
    await stack.api.blockUser(ada.as, { userId: bob.userId, level: 'messages' })
    expect(await stack.api.getUser(ada.as, { userId: bob.userId })).toMatchObject({
      isFriend: true,
      isFavourite: true,
      isHidden: true,
      block: 'messages',
    })
    const seenByBob = await stack.api.getUser(bob.as, { userId: ada.userId })
    expect(seenByBob).toMatchObject({ isFriend: false, isFavourite: false, isHidden: false })
    expect(seenByBob).not.toHaveProperty('block')
  })
})

describe('friends', () => {
  test('adding somebody makes me known to them; repeating it is harmless', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    const first = await stack.api.addFriend(ada.as, { userId: bob.userId })
    stack.clock.advance(1_000)
    expect(await stack.api.addFriend(ada.as, { userId: bob.userId })).toEqual(first)
    expect((await stack.eventsOf(ada, 1)).map(({ kind }) => kind)).toEqual(['friend-changed'])
    expect((await stack.eventsOf(bob, 1)).map(({ kind }) => kind)).toEqual(['admirer-added'])
    const { admirers } = await stack.api.listAdmirers(bob.as, {})
    expect(admirers).toMatchObject([{ profile: { handle: 'ada' }, addedAt: first.addedAt }])
  })

  test('adding back ends the admiration without another event for the first', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    await stack.api.addFriend(ada.as, { userId: bob.userId })
    const adaHead = await stack.headOf(ada)
    await stack.api.addFriend(bob.as, { userId: ada.userId })
    expect(await stack.headOf(ada)).toBe(adaHead)
    expect(await stack.api.listAdmirers(bob.as, {})).toEqual({ admirers: [] })
    expect(await stack.api.listAdmirers(ada.as, {})).toEqual({ admirers: [] })
  })

  test('favourite and hidden are marked, together or apart, and cost an event only when they change', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    await stack.api.addFriend(ada.as, { userId: bob.userId })
    const head = await stack.headOf(ada)
    const favourite = await stack.api.updateFriend(ada.as, { userId: bob.userId, isFavourite: true })
    expect(favourite).toMatchObject({ isFavourite: true, isHidden: false })
    const hidden = await stack.api.updateFriend(ada.as, { userId: bob.userId, isHidden: true })
    expect(hidden).toMatchObject({ isFavourite: true, isHidden: true })
    await stack.api.updateFriend(ada.as, { userId: bob.userId, isHidden: true })
    await stack.api.updateFriend(ada.as, { userId: bob.userId })
    expect(await stack.headOf(ada)).toBe(head + 2)
    expect((await stack.api.listFriends(ada.as, {})).friends).toEqual([hidden])
  })

  test('removing a friend who has me shows them as one who added me', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    await stack.api.addFriend(ada.as, { userId: bob.userId })
    await stack.api.addFriend(bob.as, { userId: ada.userId })
    await stack.api.removeFriend(ada.as, { userId: bob.userId })
    await stack.api.removeFriend(ada.as, { userId: bob.userId })
    expect((await stack.eventsOf(ada, 2)).map(({ kind }) => kind)).toEqual([
      'friend-removed',
      'admirer-added',
    ])
    expect((await stack.api.listAdmirers(ada.as, {})).admirers).toHaveLength(1)
  })

  test('who takes me off their friends is no longer among those who added me', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    await stack.api.addFriend(ada.as, { userId: bob.userId })
    await stack.api.removeFriend(ada.as, { userId: bob.userId })
    const kinds = (await stack.eventsOf(bob, 1)).map(({ kind }) => kind)
    expect(kinds).toEqual(['admirer-added', 'admirer-removed'])
    expect(await stack.api.listAdmirers(bob.as, {})).toEqual({ admirers: [] })
  })

  test('a changed profile reaches everybody who has the person on a list, and nobody else', async () => {
    const ada = await stack.join('ada')
    const [friend, admired, blocker, stranger] = [
      await stack.join('friend'),
      await stack.join('admired'),
      await stack.join('blocker'),
      await stack.join('stranger'),
    ]
    await stack.api.addFriend(friend.as, { userId: ada.userId })
    await stack.api.addFriend(ada.as, { userId: admired.userId })
    await stack.api.blockUser(blocker.as, { userId: ada.userId, level: 'messages' })
    const before = stack.published.length
    await stack.api.updateProfile(ada.as, { displayName: '에이다', statusMessage: '산책 중' })
    const told = stack.published.slice(before)
    expect(told.map(({ userId }) => userId).sort()).toEqual(
      [ada, friend, admired, blocker].map(({ userId }) => userId).sort(),
    )
    expect(told.map(({ userId }) => userId)).not.toContain(stranger.userId)
    const profile = { userId: ada.userId, handle: 'ada', displayName: '에이다', statusMessage: '산책 중' }
    for (const event of told.slice(1))
      expect(event).toMatchObject({ kind: 'friend-profile-changed', profile })
  })
})

describe('friend links', () => {
  test('accepting a link makes both friends, told to both', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    const { code } = await stack.api.getFriendInvite(ada.as, {})
    expect(await stack.api.findFriendInvite(bob.as, { code })).toMatchObject({
      profile: { handle: 'ada' },
      isFriend: false,
    })
    await stack.api.acceptFriendInvite(bob.as, { code })
    await stack.api.acceptFriendInvite(bob.as, { code })
    for (const [me, handle] of [
      [ada, 'bob'],
      [bob, 'ada'],
    ] as const) {
      expect((await stack.api.listFriends(me.as, {})).friends).toMatchObject([{ profile: { handle } }])
      expect((await stack.eventsOf(me, 1)).map(({ kind }) => kind)).toEqual(['friend-changed'])
    }
  })

  test('a link completes a one-sided friendship and keeps its marks', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    await stack.api.addFriend(ada.as, { userId: bob.userId })
    await stack.api.updateFriend(ada.as, { userId: bob.userId, isFavourite: true })
    const { code } = await stack.api.getFriendInvite(ada.as, {})
    await stack.api.acceptFriendInvite(bob.as, { code })
    expect((await stack.api.listFriends(ada.as, {})).friends).toMatchObject([{ isFavourite: true }])
    expect((await stack.api.listFriends(bob.as, {})).friends).toHaveLength(1)
  })

  test('renewing a link ends the old one', async () => {
    const [ada, bob] = [await stack.join('ada'), await stack.join('bob')]
    const { code: old } = await stack.api.getFriendInvite(ada.as, {})
    const { code } = await stack.api.rotateFriendInvite(ada.as, {})
    expect(code).not.toBe(old)
    expect(await stack.api.getFriendInvite(ada.as, {})).toEqual({ code })
    expect(await codeOf(stack.api.findFriendInvite(bob.as, { code: old }))).toBe('invite_not_found')
    expect(await codeOf(stack.api.acceptFriendInvite(bob.as, { code: old }))).toBe('invite_not_found')
    expect(await codeOf(stack.api.acceptFriendInvite(bob.as, { code }))).toBe('ok')
  })
})

describe('lists in pages', () => {
  test('a cursor of another list, or a made-up one, is refused', async () => {
    const ada = await stack.join('ada')
    for (const cursor of ['x', 'bnVsbA', Buffer.from('["sorted",1]').toString('base64url')]) {
      expect(await codeOf(stack.api.listFriends(ada.as, { cursor }))).toBe('invalid_request')
      expect(await codeOf(stack.api.listAdmirers(ada.as, { cursor }))).toBe('invalid_request')
      expect(await codeOf(stack.api.listBlocks(ada.as, { cursor }))).toBe('invalid_request')
    }
  })

  test('blocks and admirers come newest first, page by page', async () => {
    const me = await stack.join('mia')
    for (const handle of ['ada', 'bob', 'cee', 'dee', 'eve']) {
      const person = await stack.join(handle)
      await stack.api.addFriend(person.as, { userId: me.userId })
      // Two people of one instant are told apart by their id.
      if (handle !== 'bob') stack.clock.advance(10)
    }
    const { admirers: all } = await stack.api.listAdmirers(me.as, {})
    expect(all.map(({ profile }) => profile.handle)).toEqual(['eve', 'dee', 'bob', 'cee', 'ada'])
    const handles: string[] = []
    let cursor: string | undefined
    do {
      const page = await stack.api.listAdmirers(me.as, { limit: 2, ...(cursor ? { cursor } : {}) })
      expect(page.admirers.length).toBeLessThanOrEqual(2)
      handles.push(...page.admirers.map(({ profile }) => profile.handle))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(handles).toEqual(all.map(({ profile }) => profile.handle))

    for (const { profile } of all) {
      await stack.api.blockUser(me.as, { userId: profile.userId, level: 'messages' })
      stack.clock.advance(10)
    }
    const first = await stack.api.listBlocks(me.as, { limit: 3 })
    const rest = await stack.api.listBlocks(me.as, { limit: 3, cursor: first.nextCursor ?? '' })
    expect([...first.blocks, ...rest.blocks].map(({ profile }) => profile.handle)).toEqual(
      handles.toReversed(),
    )
    expect(rest).not.toHaveProperty('nextCursor')
  })
})
