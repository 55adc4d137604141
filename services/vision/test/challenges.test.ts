import type { Database } from '@our-now/platform/database/database.ts'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertChallenge, takeChallenge, type Challenge } from '../src/challenges/challenge-store.ts'
import { visionMigrations } from '../src/index.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestDatabase(visionMigrations))
})
afterAll(() => close?.())

async function open(different: Partial<Challenge> = {}): Promise<Challenge> {
  const challenge: Challenge = {
    challengeId: randomUUID(),
    userId: randomUUID(),
    purpose: 'sign-in',
    steps: ['blink', 'turn-left'],
    expiresAt: 60_000,
    ...different,
  }
  await database.transaction((trx) => insertChallenge(trx, challenge))
  return challenge
}
const take = ({ challengeId, userId, purpose }: Challenge, now = 1_000) =>
  database.transaction((trx) => takeChallenge(trx, { challengeId, userId, purpose, now }))

test('a challenge is used once', async () => {
  const challenge = await open()
  expect(await take(challenge)).toEqual(challenge)
  expect(await take(challenge)).toBeUndefined()
})

test('of many who use it at once, one gets it', async () => {
  const challenge = await open()
  const taken = await Promise.all(Array.from({ length: 10 }, () => take(challenge)))
  expect(taken.filter((one) => one !== undefined)).toHaveLength(1)
})

test('it is for one person and one purpose', async () => {
  const challenge = await open()
  expect(await take({ ...challenge, userId: randomUUID() })).toBeUndefined()
  expect(await take({ ...challenge, purpose: 'trial' })).toBeUndefined()
  expect(await take(challenge)).toEqual(challenge)
})

test('its time is over after a minute', async () => {
  const challenge = await open()
  expect(await take(challenge, 60_000)).toBeUndefined()
})

test('a newer one leaves the one before: nobody else can end it', async () => {
  const first = await open()
  const second = await open({ userId: first.userId })
  expect(await take(second)).toEqual(second)
  expect(await take(first)).toEqual(first)
})
