import type { Friend } from '@our-now/contracts/people.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { follow, loadView } from './support/follow-people.ts'
import { startPeople, type PeopleStack, type Person } from './support/start-people.ts'

let stack: PeopleStack
let mia: Person
beforeEach(async () => {
  stack = await startPeople()
  mia = await stack.join('mia')
})
afterEach(() => stack.close())

async function befriend(...names: readonly string[]): Promise<Person[]> {
  const people: Person[] = []
  for (const [at, name] of names.entries()) {
    const person = await stack.join(`friend-${at}`, name)
    await stack.api.addFriend(mia.as, { userId: person.userId })
    people.push(person)
  }
  return people
}

/** Reads all pages; between two of them `meanwhile` happens. */
async function readAll(limit: number, meanwhile: (page: number) => Promise<unknown> = async () => {}) {
  const friends: Friend[] = []
  let cursor: string | undefined
  let pages = 0
  do {
    const page = await stack.api.listFriends(mia.as, { limit, ...(cursor === undefined ? {} : { cursor }) })
    expect(page.friends.length).toBeLessThanOrEqual(limit)
    friends.push(...page.friends)
    cursor = page.nextCursor
    pages += 1
    if (cursor !== undefined) await meanwhile(pages)
    expect(pages).toBeLessThan(100)
  } while (cursor !== undefined)
  return friends
}

const namesOf = (friends: readonly Friend[]): string[] => friends.map(({ profile }) => profile.displayName)

describe('the order of friends', () => {
  test('favourites first, then 가나다, A–Z without regard to case, then everything else', async () => {
    const people = await befriend(
      'zoe',
      '하늘',
      '123',
      '가람',
      'Ada',
      '나래',
      '😀',
      'bob',
      '김민',
      '김',
      'Éva',
      'ㄱㄴ',
    )
    const [zoe, , , garam] = people
    if (zoe === undefined || garam === undefined) throw new Error('people')
    await stack.api.updateFriend(mia.as, { userId: zoe.userId, isFavourite: true })
    const { friends } = await stack.api.listFriends(mia.as, {})
    expect(namesOf(friends)).toEqual([
      'zoe',
      'ㄱㄴ',
      '가람',
      '김',
      '김민',
      '나래',
      '하늘',
      'Ada',
      'bob',
      'Éva',
      '123',
      '😀',
    ])
    expect(namesOf(await readAll(1))).toEqual(expect.arrayContaining(namesOf(friends)))
  })

  test('decomposed Hangul sorts like composed, and names alike sort by person', async () => {
    await befriend('나래', '가람'.normalize('NFD'), '가람', '가람')
    const { friends } = await stack.api.listFriends(mia.as, {})
    expect(namesOf(friends)).toEqual(['가람', '가람', '가람', '나래'])
    expect(new Set((await readAll(1)).map(({ profile }) => profile.userId)).size).toBe(4)
  })
})

describe('pages under changes', () => {
  const names = Array.from({ length: 23 }, (_, at) => `이름${String(at).padStart(2, '0')}`)

  test('a list that stands still comes in order, each friend once', async () => {
    await befriend(...names)
    stack.clock.advance(60_000)
    expect(namesOf(await readAll(5))).toEqual(names)
  })

  test('who becomes a favourite or is renamed over the place between two pages is not lost', async () => {
    const people = await befriend(...names)
    stack.clock.advance(60_000)
    const head = await stack.headOf(mia)
    const read = await readAll(5, async (page) => {
      stack.clock.advance(50)
      const [late, later] = [people.at(-page), people.at(-page - 5)]
      if (late === undefined || later === undefined) throw new Error('people')
      await stack.api.updateFriend(mia.as, { userId: late.userId, isFavourite: true })
      await stack.api.updateProfile(later.as, { displayName: `가${page}` })
    })
    const byId = Object.fromEntries(read.map((friend) => [friend.profile.userId, friend]))
    expect(Object.keys(byId)).toHaveLength(names.length)
    // With the log from before the first page on, a device has everybody as they are now.
    const loaded = { me: undefined, friends: byId, admirers: {}, blocks: {} }
    const followed = follow(await stack.eventsOf(mia, head), loaded)
    expect(followed.friends).toEqual((await loadView(stack, mia)).friends)
  })

  test('more movers than a page come in pages too', async () => {
    const people = await befriend(...names)
    stack.clock.advance(60_000)
    const read = await readAll(3, async (page) => {
      if (page !== 1) return
      for (const person of people.slice(3))
        await stack.api.updateFriend(mia.as, { userId: person.userId, isFavourite: true })
    })
    expect(new Set(read.map(({ profile }) => profile.userId)).size).toBe(names.length)
  })

  test('who is added while reading comes by page or by log', async () => {
    await befriend(...names)
    stack.clock.advance(60_000)
    const head = await stack.headOf(mia)
    const read = await readAll(5, async (page) => {
      const person = await stack.join(`new-${page}`, page % 2 ? '가' : '힣')
      await stack.api.addFriend(mia.as, { userId: person.userId })
    })
    const events = await stack.eventsOf(mia, head)
    const known = new Set(read.map(({ profile }) => profile.userId))
    for (const event of events) if (event.kind === 'friend-changed') known.add(event.friend.profile.userId)
    const { friends } = await stack.api.listFriends(mia.as, {})
    expect([...known].sort()).toEqual(friends.map(({ profile }) => profile.userId).sort())
  })
})

describe('lists that are full', () => {
  const refused = { code: 'forbidden' }

  test('take no new friend, and nobody by a link; who is on them stays and may go', async () => {
    const small = await startPeople({ maxListed: 2 })
    const [me, a, b, c] = [
      await small.join('noor'),
      await small.join('anna'),
      await small.join('bora'),
      await small.join('cleo'),
    ]
    for (const { userId } of [a, b]) await small.api.addFriend(me.as, { userId })
    await expect(small.api.addFriend(me.as, { userId: c.userId })).rejects.toMatchObject(refused)
    expect((await small.api.addFriend(me.as, { userId: a.userId })).profile.userId).toBe(a.userId)
    const { code } = await small.api.getFriendInvite(me.as, {})
    await expect(small.api.acceptFriendInvite(c.as, { code })).rejects.toMatchObject(refused)
    expect((await small.api.listFriends(c.as, {})).friends).toEqual([])
    await small.api.removeFriend(me.as, { userId: a.userId })
    await small.api.addFriend(me.as, { userId: c.userId })
    await small.close()
  })

  test('take no new block, but change the level of one', async () => {
    const small = await startPeople({ maxListed: 1 })
    const [me, a, b] = [await small.join('noor'), await small.join('anna'), await small.join('bora')]
    await small.api.blockUser(me.as, { userId: a.userId, level: 'messages' })
    await expect(small.api.blockUser(me.as, { userId: b.userId, level: 'messages' })).rejects.toMatchObject(
      refused,
    )
    const block = await small.api.blockUser(me.as, { userId: a.userId, level: 'profile' })
    expect(block.level).toBe('profile')
    await small.close()
  })
})
