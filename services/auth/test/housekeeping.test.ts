import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeExpired } from '../src/housekeeping.ts'
import {
  anonymous,
  aRegistration,
  as,
  goodPassword,
  startAuthStack,
  type AuthStack,
} from './support/auth-stack.ts'

let stack: AuthStack
beforeEach(async () => {
  stack = await startAuthStack()
})
afterEach(() => stack.close())

test('what has expired is removed, what is alive stays', async () => {
  const { auth, clock, database } = stack
  const operator = await auth.register(anonymous(), aRegistration('minsu'))
  const sora = await auth.register(anonymous(), aRegistration('sora'))
  await auth.createPasswordReset(as(operator), { handle: 'sora', password: goodPassword })
  await auth.createRegistrationInvite(as(operator), { maxUses: 1 })
  await auth.signOut(anonymous(), { refreshToken: sora.refreshToken })
  const clean = () => removeExpired({ database, clock, accessMs: 600_000 })
  const count = async () =>
    Promise.all(
      ['sessions', 'ended_sessions', 'password_resets', 'registration_invites'].map(
        async (table) => (await database.reader(table)).length,
      ),
    )

  await clean()
  expect(await count()).toEqual([1, 1, 1, 1])
  clock.advance(3_600_000)
  await clean()
  expect(await count()).toEqual([1, 0, 0, 1])
  clock.advance(30 * 86_400_000)
  await clean()
  expect(await count()).toEqual([0, 0, 0, 0])
  expect(await auth.revokedSince(anonymous(), { cursor: 0 })).toEqual({
    cursor: 1,
    sessionIds: [],
    more: false,
  })
})
