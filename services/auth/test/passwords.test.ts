import type { SignedIn } from '@our-now/contracts/auth.ts'
import { signedIn } from '@our-now/testkit/signed-in.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  anonymous,
  aRegistration,
  as,
  goodPassword,
  startAuthStack,
  type AuthStack,
} from './support/auth-stack.ts'

const newPassword = 'amber-walrus-teapot'
let stack: AuthStack
let operator: SignedIn
let sora: SignedIn
beforeEach(async () => {
  stack = await startAuthStack()
  operator = await stack.auth.register(anonymous(), aRegistration('minsu'))
  sora = await stack.auth.register(anonymous(), aRegistration('sora'))
})
afterEach(() => stack.close())

const signIn = (password: string) =>
  signedIn(stack.auth.signIn(anonymous(), { handle: 'sora', password, deviceName: 'Laptop' }))
const change = (currentPassword: string, next = newPassword) =>
  stack.auth.changePassword(as(sora), { currentPassword, newPassword: next })
const refresh = ({ refreshToken }: SignedIn) => stack.auth.refresh(anonymous(), { refreshToken })

describe('changing the password', () => {
  test('ends every other session and keeps one’s own', async () => {
    const laptop = await signIn(goodPassword)
    await change(goodPassword)
    await expect(refresh(laptop)).rejects.toMatchObject({ code: 'session_ended' })
    await expect(refresh(sora)).resolves.toBeDefined()
    await expect(refresh(operator)).resolves.toBeDefined()
    expect(stack.pushes.map(({ channel }) => channel)).toEqual([`session:${laptop.sessionId}`])
    await expect(signIn(goodPassword)).rejects.toMatchObject({ code: 'credentials_wrong' })
    await expect(signIn(newPassword)).resolves.toBeDefined()
  })

  test('needs the current one, and slows down who guesses it', async () => {
    for (let index = 0; index < 5; index += 1)
      await expect(change('wrong-password')).rejects.toMatchObject({ code: 'credentials_wrong' })
    await expect(change(goodPassword)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 1_000 })
    await expect(signIn(goodPassword)).resolves.toBeDefined()
    stack.clock.advance(1_000)
    await expect(change(goodPassword)).resolves.toEqual({})
  })

  test('refuses a common one and changes nothing', async () => {
    await expect(change(goodPassword, 'iloveyou99')).rejects.toMatchObject({ code: 'password_too_common' })
    await expect(signIn(goodPassword)).resolves.toBeDefined()
  })

  test('by two at once changes it once', async () => {
    const results = await Promise.allSettled([
      change(goodPassword, 'first-long-choice'),
      change(goodPassword, 'other-long-choice'),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('needs a session', async () => {
    await expect(
      stack.auth.changePassword(anonymous(), { currentPassword: goodPassword, newPassword }),
    ).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

describe('a password reset', () => {
  const issue = () => stack.auth.createPasswordReset(as(operator), { handle: 'Sora', password: goodPassword })
  const redeem = (code: string, next = newPassword) =>
    stack.auth.redeemPasswordReset(anonymous(), { code, newPassword: next })

  test('sets a new password once and ends every session of the account', async () => {
    const { code, expiresAt } = await issue()
    expect(expiresAt).toBe(stack.clock.now() + 3_600_000)
    await redeem(code)
    await expect(refresh(sora)).rejects.toMatchObject({ code: 'session_ended' })
    await expect(refresh(operator)).resolves.toBeDefined()
    await expect(signIn(newPassword)).resolves.toBeDefined()
    await expect(redeem(code, 'yet-another-choice')).rejects.toMatchObject({ code: 'invite_not_found' })
    expect(stack.pushes.map(({ channel }) => channel)).toEqual([`session:${sora.sessionId}`])
  })

  test('works for one of those who redeem it at once', async () => {
    const { code } = await issue()
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => redeem(code)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('ends after an hour, with the next code and with a change of the password', async () => {
    const first = await issue()
    const second = await issue()
    await expect(redeem(first.code)).rejects.toMatchObject({ code: 'invite_not_found' })
    await change(goodPassword)
    await expect(redeem(second.code)).rejects.toMatchObject({ code: 'invite_not_found' })
    const third = await issue()
    stack.clock.advance(3_600_000)
    await expect(redeem(third.code)).rejects.toMatchObject({ code: 'invite_not_found' })
  })

  test('is not used up by a common password', async () => {
    const { code } = await issue()
    await expect(redeem(code, 'qwerty123')).rejects.toMatchObject({ code: 'password_too_common' })
    await expect(redeem(code, 'sora-2024')).rejects.toMatchObject({ code: 'password_too_common' })
    await expect(redeem(code)).resolves.toEqual({})
  })

  test('is for the operator to make, for accounts there are', async () => {
    await expect(
      stack.auth.createPasswordReset(as(sora), { handle: 'minsu', password: goodPassword }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      stack.auth.createPasswordReset(
        { ...as(sora), isOperator: true },
        { handle: 'minsu', password: goodPassword },
      ),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      stack.auth.createPasswordReset(as(operator), { handle: 'sora', password: newPassword }),
    ).rejects.toMatchObject({ code: 'credentials_wrong' })
    await expect(
      stack.auth.createPasswordReset(as(operator), { handle: 'nobody', password: goodPassword }),
    ).rejects.toMatchObject({
      code: 'user_not_found',
    })
    await expect(redeem('A'.repeat(43))).rejects.toMatchObject({ code: 'invite_not_found' })
  })

  test('is tried within the budget of an address, and stored as a hash only', async () => {
    const { code } = await issue()
    expect(JSON.stringify(await stack.database.reader('password_resets'))).not.toContain(code)
    const small = await startAuthStack({ AUTH_TRIES_PER_ADDRESS_PER_MINUTE: '1' })
    try {
      const guess = () =>
        small.auth.redeemPasswordReset(anonymous('10.7.7.7'), { code: 'A'.repeat(43), newPassword })
      await expect(guess()).rejects.toMatchObject({ code: 'invite_not_found' })
      await expect(guess()).rejects.toMatchObject({ code: 'rate_limited' })
    } finally {
      await small.close()
    }
  })
})
