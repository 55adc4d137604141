import type { SignedIn } from '@our-now/contracts/auth.ts'
import { createTotpApp } from '@our-now/testkit/totp-app.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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
let operator: SignedIn
let sora: SignedIn
beforeEach(async () => {
  stack = await startAuthStack()
  operator = await stack.auth.register(anonymous(), aRegistration('minsu'))
  sora = await stack.auth.register(anonymous(), aRegistration('sora'))
})
afterEach(() => stack.close())

const begin = async () => {
  const begun = await stack.auth.beginTotp(as(sora), { password })
  return { ...begun, app: createTotpApp(begun.secret, () => stack.clock.now()) }
}
const standing = () => stack.auth.getSecondFactor(as(sora), {})
/** Everything that the database keeps, as text. */
const stored = async () => {
  const tables = ['second_factors', 'totp_enrolments', 'recovery_codes']
  return JSON.stringify(await Promise.all(tables.map((table) => stack.database.reader(table))))
}

describe('setting an authenticator app up', () => {
  test('is on only once a code of the app was typed, and gives ten recovery codes', async () => {
    expect(await standing()).toEqual({ isOn: false, recoveryCodesLeft: 0 })
    const { app, secret, keyUri } = await begin()
    expect(keyUri).toContain(`otpauth://totp/Our%20Now:sora?secret=${secret}&`)
    expect(await standing()).toMatchObject({ isOn: false })
    await expect(stack.auth.confirmTotp(as(sora), { code: '000000' })).rejects.toMatchObject({
      code: 'second_factor_wrong',
    })
    const { recoveryCodes } = await stack.auth.confirmTotp(as(sora), { code: app.code() })
    expect(new Set(recoveryCodes).size).toBe(10)
    expect(await standing()).toEqual({
      isOn: true,
      confirmedAt: stack.clock.now(),
      recoveryCodesLeft: 10,
    })
  })

  test('asks the password again', async () => {
    await expect(stack.auth.beginTotp(as(sora), { password: 'wrong' })).rejects.toMatchObject({
      code: 'credentials_wrong',
    })
    await expect(stack.auth.beginTotp(anonymous(), { password })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })

  test('begun again, counts for the newer secret alone; left alone, ends after 15 minutes', async () => {
    const { app: older } = await begin()
    const { app } = await begin()
    await expect(stack.auth.confirmTotp(as(sora), { code: older.code() })).rejects.toMatchObject({
      code: 'second_factor_wrong',
    })
    stack.clock.advance(15 * 60_000)
    await expect(stack.auth.confirmTotp(as(sora), { code: app.code() })).rejects.toMatchObject({
      code: 'second_factor_off',
    })
  })

  test('is confirmed once, whoever else tries at the same time', async () => {
    const { app } = await begin()
    const tries = Array.from({ length: 4 }, () => stack.auth.confirmTotp(as(sora), { code: app.code() }))
    const results = await Promise.allSettled(tries)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(begin()).rejects.toMatchObject({ code: 'second_factor_on' })
  })

  test('keeps neither the secret nor a code in a form that anybody could use', async () => {
    const { secret } = await begin()
    expect(await stored()).not.toContain(secret)
    await stack.auth.turnOffSecondFactor(as(sora), { password })
    const { recoveryCodes } = await turnOnSecondFactor(stack, sora)
    const kept = await stored()
    for (const code of recoveryCodes)
      for (const form of [code, code.replaceAll('-', '')]) expect(kept).not.toContain(form)
  })
})

describe('a second factor that is on', () => {
  beforeEach(() => turnOnSecondFactor(stack, sora).then(() => undefined))

  test('gives new recovery codes for the password', async () => {
    await expect(stack.auth.createRecoveryCodes(as(sora), { password: 'wrong' })).rejects.toMatchObject({
      code: 'credentials_wrong',
    })
    const { recoveryCodes } = await stack.auth.createRecoveryCodes(as(sora), { password })
    expect(recoveryCodes).toHaveLength(10)
    expect(await standing()).toMatchObject({ recoveryCodesLeft: 10 })
    await expect(stack.auth.createRecoveryCodes(as(operator), { password })).rejects.toMatchObject({
      code: 'second_factor_off',
    })
  })

  test('is turned off for the password, with everything that belonged to it', async () => {
    await expect(stack.auth.turnOffSecondFactor(as(sora), { password: 'wrong' })).rejects.toMatchObject({
      code: 'credentials_wrong',
    })
    await stack.auth.turnOffSecondFactor(as(sora), { password })
    expect(await standing()).toEqual({ isOn: false, recoveryCodesLeft: 0 })
    expect(await stored()).toBe('[[],[],[]]')
    await expect(stack.auth.turnOffSecondFactor(as(sora), { password })).resolves.toEqual({})
  })

  test('is reset by the operator and by nobody else', async () => {
    await expect(stack.auth.resetSecondFactor(as(sora), { handle: 'sora', password })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      stack.auth.resetSecondFactor(as(operator), { handle: 'nobody', password }),
    ).rejects.toMatchObject({
      code: 'user_not_found',
    })
    await expect(
      stack.auth.resetSecondFactor(as(operator), { handle: 'sora', password: 'another long password' }),
    ).rejects.toMatchObject({ code: 'credentials_wrong' })
    expect(await stack.auth.resetSecondFactor(as(operator), { handle: ' Sora ', password })).toEqual({
      wasOn: true,
    })
    expect(await standing()).toMatchObject({ isOn: false })
    expect(await stack.auth.resetSecondFactor(as(operator), { handle: 'sora', password })).toEqual({
      wasOn: false,
    })
  })

  test('slows down whoever guesses the password here', async () => {
    for (let index = 0; index < 5; index += 1)
      await expect(stack.auth.turnOffSecondFactor(as(sora), { password: 'wrong' })).rejects.toMatchObject({
        code: 'credentials_wrong',
      })
    await expect(stack.auth.turnOffSecondFactor(as(sora), { password })).rejects.toMatchObject({
      code: 'rate_limited',
    })
  })
})
