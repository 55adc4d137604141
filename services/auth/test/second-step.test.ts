import type { SignedIn } from '@our-now/contracts/auth.ts'
import type { SecondFactorRequired, TypedWay } from '@our-now/contracts/auth/second-factor.ts'
import { signedIn } from '@our-now/testkit/signed-in.ts'
import type { TotpApp } from '@our-now/testkit/totp-app.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { removeExpired } from '../src/housekeeping.ts'
import {
  anonymous,
  aRegistration,
  as,
  goodPassword as password,
  startAuthStack,
  type AuthStack,
} from './support/auth-stack.ts'
import { turnOnSecondFactor } from './support/turn-on-second-factor.ts'

let stack: AuthStack
let sora: SignedIn
let app: TotpApp
let recoveryCodes: readonly string[]
const start = async (settings: Readonly<Record<string, string>> = {}) => {
  stack = await startAuthStack(settings)
  sora = await stack.auth.register(anonymous(), aRegistration('sora'))
  ;({ app, recoveryCodes } = await turnOnSecondFactor(stack, sora))
}
beforeEach(() => start())
afterEach(() => stack.close())

/** The first step. @throws {Error} when it was the only one */
const begin = async (): Promise<SecondFactorRequired> => {
  const answer = await stack.auth.signIn(anonymous(), { handle: 'sora', password, deviceName: 'Laptop' })
  if ('pendingToken' in answer) return answer
  throw new Error('no second step was asked')
}
const complete = ({ pendingToken }: SecondFactorRequired, code: string, way: TypedWay = 'totp') =>
  stack.auth.completeSignIn(anonymous(), { pendingToken, way, code })
const codeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'signed in',
    (error: unknown) => String(Object(error).code),
  )
const wrong = { code: 'second_factor_wrong' }
const ended = { code: 'sign_in_ended' }
const firstCode = () => recoveryCodes[0] ?? ''

describe('signing in with a second factor', () => {
  test('answers the right password with a second step instead of a session', async () => {
    const before = (await stack.database.reader('sessions')).length
    const pending = await begin()
    expect(pending).toEqual({
      status: 'second_factor_required',
      pendingToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: stack.clock.now() + 300_000,
      ways: ['totp', 'recovery'],
    })
    expect(await stack.database.reader('sessions')).toHaveLength(before)
    const kept = JSON.stringify(await stack.database.reader('pending_sign_ins'))
    expect(kept).not.toContain(pending.pendingToken)
    await expect(stack.auth.refresh(anonymous(), { refreshToken: pending.pendingToken })).rejects.toThrow()
  })

  test('is completed by the code that the app shows, and the list of devices says so', async () => {
    const laptop = await complete(await begin(), app.code())
    expect(laptop.account).toEqual(sora.account)
    const { sessions } = await stack.auth.listSessions(as(laptop), {})
    expect(sessions.map(({ deviceName, secondFactor }) => [deviceName, secondFactor])).toEqual([
      ['Laptop', 'totp'],
      ['Test phone', undefined],
    ])
    await expect(stack.auth.refresh(anonymous(), laptop)).rejects.toBeDefined()
    const { refreshToken } = laptop
    await expect(stack.auth.refresh(anonymous(), { refreshToken })).resolves.toBeDefined()
  })

  test('leaves devices that are signed in already as they are', async () => {
    const { refreshToken } = sora
    await expect(stack.auth.refresh(anonymous(), { refreshToken })).resolves.toMatchObject({
      sessionId: sora.sessionId,
    })
  })

  test('answers a wrong password as ever: nobody learns that a second step would follow', async () => {
    const guess = { handle: 'sora', password: 'wrong-password', deviceName: '' }
    await expect(stack.auth.signIn(anonymous(), guess)).rejects.toMatchObject({ code: 'credentials_wrong' })
  })

  test('takes a code one step early or late, and none twice', async () => {
    stack.clock.advance(60_000)
    await complete(await begin(), app.code(-1))
    await complete(await begin(), app.code())
    const pending = await begin()
    await expect(complete(pending, app.code())).rejects.toMatchObject(wrong)
    await expect(complete(pending, app.code(-1))).rejects.toMatchObject(wrong)
    await expect(complete(pending, app.code(1))).resolves.toBeDefined()
    stack.clock.advance(120_000)
    await expect(complete(await begin(), app.code(2))).rejects.toMatchObject(wrong)
  })

  test('takes the code that turned it on no second time', async () => {
    const ada = await stack.auth.register(anonymous(), aRegistration('ada'))
    const other = await turnOnSecondFactor(stack, ada)
    const answer = await stack.auth.signIn(anonymous(), { handle: 'ada', password, deviceName: '' })
    if (!('pendingToken' in answer)) throw new Error('no second step was asked')
    await expect(complete(answer, other.app.code(-1))).rejects.toMatchObject(wrong)
    await expect(complete(answer, app.code())).rejects.toMatchObject(wrong)
    await expect(complete(answer, other.app.code())).resolves.toMatchObject({ account: ada.account })
  })

  test('is completed by a recovery code, each once, until none is offered any more', async () => {
    const typed = firstCode().toLowerCase().replaceAll('-', ' ')
    const laptop = await complete(await begin(), typed, 'recovery')
    expect((await stack.auth.listSessions(as(laptop), {})).sessions[0]?.secondFactor).toBe('recovery')
    expect((await stack.auth.getSecondFactor(as(laptop), {})).recoveryCodesLeft).toBe(9)
    await expect(complete(await begin(), firstCode(), 'recovery')).rejects.toMatchObject(wrong)
    for (const code of recoveryCodes.slice(1)) await complete(await begin(), code, 'recovery')
    expect((await begin()).ways).toEqual(['totp'])
  })

  test('takes no recovery code from before new ones were made, and none of somebody else', async () => {
    const ada = await stack.auth.register(anonymous(), aRegistration('ada'))
    const hers = (await turnOnSecondFactor(stack, ada)).recoveryCodes[0] ?? ''
    await stack.auth.createRecoveryCodes(as(sora), { password })
    const pending = await begin()
    await expect(complete(pending, firstCode(), 'recovery')).rejects.toMatchObject(wrong)
    await expect(complete(pending, hers, 'recovery')).rejects.toMatchObject(wrong)
  })
})

describe('a sign-in that waits for its second step', () => {
  test('ends with the third wrong code', async () => {
    const pending = await begin()
    await expect(complete(pending, '000000')).rejects.toMatchObject(wrong)
    await expect(complete(pending, 'AAAA-AAAA-AAAA', 'recovery')).rejects.toMatchObject(wrong)
    await expect(complete(pending, '000000')).rejects.toMatchObject(ended)
    await expect(complete(pending, app.code())).rejects.toMatchObject(ended)
    await expect(complete(await begin(), app.code())).resolves.toBeDefined()
  })

  test('ends after five minutes, and is removed', async () => {
    const pending = await begin()
    stack.clock.advance(300_000)
    await expect(complete(pending, app.code())).rejects.toMatchObject(ended)
    await removeExpired({ ...stack, accessMs: 600_000 })
    expect(await stack.database.reader('pending_sign_ins')).toEqual([])
  })

  test('is used once', async () => {
    const pending = await begin()
    await complete(pending, app.code())
    await expect(complete(pending, app.code(1))).rejects.toMatchObject(ended)
  })

  test('ends when the password is changed, reset, or the second factor turned off', async () => {
    const beforeChange = await begin()
    const newPassword = 'orange-badger-17'
    await stack.auth.changePassword(as(sora), { currentPassword: password, newPassword })
    await expect(complete(beforeChange, app.code())).rejects.toMatchObject(ended)
    await stack.auth.changePassword(as(sora), { currentPassword: newPassword, newPassword: password })
    const beforeReset = await begin()
    const { code } = await stack.auth.createPasswordReset(as(sora), { handle: 'sora', password })
    await stack.auth.redeemPasswordReset(anonymous(), { code, newPassword: 'green-walrus-55' })
    await expect(complete(beforeReset, app.code())).rejects.toMatchObject(ended)
  })

  test('ends when the second factor is turned off; the password alone signs in then', async () => {
    const pending = await begin()
    await stack.auth.turnOffSecondFactor(as(sora), { password })
    await expect(complete(pending, app.code())).rejects.toMatchObject(ended)
    const request = { handle: 'sora', password, deviceName: '' }
    await expect(signedIn(stack.auth.signIn(anonymous(), request))).resolves.toBeDefined()
  })

  test('stays asked after a password reset: it replaces the password and nothing else', async () => {
    const { code } = await stack.auth.createPasswordReset(as(sora), { handle: 'sora', password })
    const newPassword = 'green-walrus-55'
    await stack.auth.redeemPasswordReset(anonymous(), { code, newPassword })
    const answer = await stack.auth.signIn(anonymous(), {
      handle: 'sora',
      password: newPassword,
      deviceName: '',
    })
    expect(answer).toHaveProperty('status', 'second_factor_required')
  })

  test('answers any token that is none alike', async () => {
    for (const pendingToken of ['x', 'A'.repeat(43), firstCode(), sora.refreshToken.slice(0, 64)])
      await expect(
        stack.auth.completeSignIn(anonymous(), { pendingToken, way: 'totp', code: app.code() }),
      ).rejects.toMatchObject(ended)
  })
})

describe('guessing the second factor', () => {
  test('many at once get no more than three tries, and one code opens one session', async () => {
    const pending = await begin()
    const guesses = await Promise.all(Array.from({ length: 20 }, () => codeOf(complete(pending, '000000'))))
    expect(guesses.filter((code) => code === 'second_factor_wrong').length).toBeLessThanOrEqual(3)
    stack.clock.advance(60_000)
    const pendings = [await begin(), await begin(), await begin()]
    const outcomes = await Promise.all(pendings.map((one) => codeOf(complete(one, app.code()))))
    expect(outcomes.filter((code) => code === 'signed in')).toHaveLength(1)
  })

  test('is slowed down over all sign-ins of the account, not of others', async () => {
    const codes = []
    for (let index = 0; index < 7; index += 1) codes.push(await codeOf(complete(await begin(), '000000')))
    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => 'second_factor_wrong'),
      'rate_limited',
      'rate_limited',
    ])
    stack.clock.advance(1_000)
    expect(await codeOf(complete(await begin(), app.code()))).toBe('signed in')
    expect(await codeOf(complete(await begin(), '000000'))).toBe('second_factor_wrong')
  })

  test('is bounded by the day, whatever the waits', async () => {
    await stack.close()
    await start({ AUTH_SECOND_FACTOR_TRIES_PER_DAY: '6' })
    const codes = []
    for (let index = 0; index < 8; index += 1) {
      codes.push(await codeOf(complete(await begin(), '000000')))
      stack.clock.advance(600_000)
    }
    // Half of them at once, the others over the day: six in any 24 hours.
    expect(codes.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => 'second_factor_wrong'))
    expect(codes.slice(3)).toEqual(Array.from({ length: 5 }, () => 'rate_limited'))
    // Recovery codes are not in it: a way in for the owner while somebody uses up the tries.
    expect(await codeOf(complete(await begin(), firstCode(), 'recovery'))).toBe('signed in')
    stack.clock.advance(8 * 3_600_000)
    expect(await codeOf(complete(await begin(), app.code()))).toBe('signed in')
  })

  test('is bounded by address too', async () => {
    await stack.close()
    await start({ AUTH_TRIES_PER_ADDRESS_PER_MINUTE: '2' })
    const pending = await begin()
    const from = (address: string) =>
      codeOf(
        stack.auth.completeSignIn(anonymous(address), {
          pendingToken: 'A'.repeat(43),
          way: 'totp',
          code: '000000',
        }),
      )
    expect([await from('10.9.9.9'), await from('10.9.9.9'), await from('10.9.9.9')]).toEqual([
      'sign_in_ended',
      'sign_in_ended',
      'rate_limited',
    ])
    await expect(complete(pending, app.code())).resolves.toBeDefined()
  })
})
