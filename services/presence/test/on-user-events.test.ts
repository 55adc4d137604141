import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { openTestDatabase, type TestDatabase } from '@our-now/testkit/test-database.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { presenceMigrations } from '../src/index.ts'
import { createOnUserEvents } from '../src/people/on-user-events.ts'
import { listPeople, setLastSeen } from '../src/people/person-store.ts'
import { aUserId } from './support/presence-stack.ts'

const userId = aUserId(1)
let opened: TestDatabase
let told: string[]
beforeEach(async () => {
  opened = await openTestDatabase(presenceMigrations)
  told = []
})
afterEach(() => opened.close())

const chosen = (seq: number, presenceVisible: boolean): UserEvent => ({
  userId,
  seq,
  at: 1,
  kind: 'profile-changed',
  profile: { userId, handle: 'minsu', displayName: '민수', statusMessage: '', presenceVisible },
})
const handle = (...events: [UserEvent, ...UserEvent[]]) => {
  const onUserEvents = createOnUserEvents({
    database: opened.database,
    onVisibilityChanged: async (id) => void told.push(id),
  })
  return onUserEvents({ type: 'chat.user-events.v1', key: userId, data: { userId, events } })
}
const facts = async () => (await listPeople(opened.database.reader, [userId])).get(userId)

test('an event that comes twice, or after a newer one, changes nothing', async () => {
  await handle(chosen(5, false))
  await handle(chosen(4, true))
  expect(await facts()).toEqual({ isHidden: true, lastSeenAt: undefined })
  await handle(chosen(6, true))
  await handle(chosen(5, false))
  expect(await facts()).toEqual({ isHidden: false, lastSeenAt: undefined })
})

test('the last choice of a batch counts, and what is no choice is skipped', async () => {
  await handle(chosen(1, false), { userId, seq: 2, at: 1, kind: 'room-left', roomId: aUserId(9) })
  expect((await facts())?.isHidden).toBe(true)
  await handle({ userId, seq: 3, at: 1, kind: 'room-left', roomId: aUserId(9) })
  expect(told).toEqual([userId])
})

test('a choice and when somebody was last there do not overwrite each other', async () => {
  await opened.database.transaction((trx) => setLastSeen(trx, new Map([[userId, 77]])))
  await handle(chosen(1, false))
  await opened.database.transaction((trx) => setLastSeen(trx, new Map([[userId, 78]])))
  expect(await facts()).toEqual({ isHidden: true, lastSeenAt: 78 })
})
