import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendUserEvents, listUserEvents, type UserFact } from '../src/user-log/user-log-store.ts'
import { asUser, startPeople, type PeopleStack } from './support/start-people.ts'

let stack: PeopleStack
beforeEach(async () => {
  stack = await startPeople()
})
afterEach(() => stack.close())

const fact = (): UserFact => ({ kind: 'friend-removed', friendId: uuidv7() })
const append = (userId: string, count: number) =>
  stack.database.transaction((trx) =>
    appendUserEvents(
      trx,
      Array.from({ length: count }, () => ({ userId, event: fact() })),
      stack.clock.now(),
    ),
  )

describe('a user log', () => {
  test('numbers events 1, 2, 3 … without holes, also under concurrent writers', async () => {
    const [ada, bob] = [uuidv7(), uuidv7()]
    await Promise.all(Array.from({ length: 20 }, (_, at) => append(at % 2 ? ada : bob, (at % 3) + 1)))
    for (const userId of [ada, bob]) {
      const events = await listUserEvents(stack.database.reader, { userId, afterSeq: 0, toSeq: 1_000 })
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
    }
  })

  test('takes no seq for what is rolled back', async () => {
    const ada = uuidv7()
    const failing = stack.database.transaction(async (trx) => {
      await appendUserEvents(trx, [{ userId: ada, event: fact() }], 1)
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect((await append(ada, 1)).map(({ seq }) => seq)).toEqual([1])
  })

  test('keeps at least its newest 2,000 events and little more', async () => {
    const ada = uuidv7()
    for (let at = 0; at < 5; at++) await append(ada, 499)
    const events = await listUserEvents(stack.database.reader, { userId: ada, afterSeq: 0, toSeq: 1_000_000 })
    expect(events.at(-1)?.seq).toBe(2_495)
    expect(events.length).toBeGreaterThanOrEqual(2_000)
    expect(events.length).toBeLessThanOrEqual(2_700)
  })
})

describe('catching up', () => {
  test('answers at most 200 events, then says that there are more', async () => {
    const ada = uuidv7()
    await append(ada, 450)
    const first = await stack.api.syncUser(asUser(ada), { have: 0 })
    expect(first).toMatchObject({ head: 450, more: true, reset: false })
    expect(first.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1))
    const last = await stack.api.syncUser(asUser(ada), { have: 400 })
    expect(last).toMatchObject({ head: 450, more: false })
    expect(last.events).toHaveLength(50)
    expect(await stack.api.syncUser(asUser(ada), { have: 450 })).toEqual({
      head: 450,
      events: [],
      more: false,
      reset: false,
    })
  })

  test('a device over 2,000 behind, or ahead of the log, starts anew', async () => {
    const ada = uuidv7()
    for (let at = 0; at < 5; at++) await append(ada, 401)
    const reset = { head: 2_005, events: [], more: false, reset: true }
    expect(await stack.api.syncUser(asUser(ada), { have: 4 })).toEqual(reset)
    expect(await stack.api.syncUser(asUser(ada), { have: 2_006 })).toEqual(reset)
    expect(await stack.api.syncUser(asUser(ada), { have: 5 })).toMatchObject({ reset: false, more: true })
  })

  test('somebody of whom nothing was told is at 0', async () => {
    const userId = uuidv7()
    const nothing = { head: 0, events: [] }
    expect(await stack.api.syncUser(asUser(userId), { have: 0 })).toMatchObject(nothing)
    const read = await stack.api.readUserEvents({ traceId: 'test' }, { userId, afterSeq: 0, limit: 10 })
    expect(read).toEqual(nothing)
  })

  test('services read a range of the log', async () => {
    const userId = uuidv7()
    await append(userId, 10)
    const read = await stack.api.readUserEvents({ traceId: 'test' }, { userId, afterSeq: 4, limit: 3 })
    expect(read.head).toBe(10)
    expect(read.events.map(({ seq }) => seq)).toEqual([5, 6, 7])
  })
})

test('a profile that more than 500 people have on their lists reaches all of them in the end', async () => {
  const ada = await stack.join('ada')
  const fanIds = Array.from({ length: 1_100 }, () => uuidv7())
  await stack.database.transaction(async (trx) => {
    for (let from = 0; from < fanIds.length; from += 100) {
      const rows = fanIds.slice(from, from + 100).map((userId) => ({
        user_id: userId,
        friend_id: ada.userId,
        is_favourite: 0,
        is_hidden: 0,
        added_at_ms: 0,
        changed_at_ms: 0,
      }))
      await trx('friends').insert(rows)
    }
  })
  await stack.api.updateProfile(ada.as, { displayName: '첫 이름' })
  await stack.api.updateProfile(ada.as, { displayName: '새 이름' })
  await waitUntil(async () => (await stack.database.reader('profile_tellings').select()).length === 0)
  for (const fanId of [fanIds[0], fanIds[600], fanIds.at(-1)]) {
    const { events } = await stack.api.syncUser(asUser(fanId ?? ''), { have: 0 })
    expect(events.at(-1)).toMatchObject({
      kind: 'friend-profile-changed',
      profile: { displayName: '새 이름' },
    })
  }
  const told = new Set(stack.published.map(({ userId }) => userId))
  expect(fanIds.every((fanId) => told.has(fanId))).toBe(true)
})
