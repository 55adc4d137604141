import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, aRegistration, as, startAuthStack, type AuthStack } from './support/auth-stack.ts'

let stack: AuthStack
beforeEach(async () => {
  stack = await startAuthStack()
})
afterEach(() => stack.close())

const register = (handle: string, more: object = {}) =>
  stack.auth.register(anonymous(), { ...aRegistration(handle), ...more })

describe('registering', () => {
  test('makes an account, signs it in and keeps the name for the profile', async () => {
    const signedIn = await register('minsu', { displayName: ' 김민수 ' })
    expect(signedIn.account).toMatchObject({ handle: 'minsu', createdAt: stack.clock.now() })
    expect(signedIn.displayName).toBe('김민수')
    const { sessions } = await stack.auth.listSessions(as(signedIn), {})
    expect(sessions).toEqual([
      expect.objectContaining({ sessionId: signedIn.sessionId, deviceName: 'Test phone', isCurrent: true }),
    ])
  })

  test('makes exactly one operator, however many begin at once', async () => {
    const signedIn = await Promise.all(['ada', 'bob', 'cem', 'dia', 'eva'].map((handle) => register(handle)))
    expect(signedIn.filter(({ account }) => account.isOperator)).toHaveLength(1)
    expect((await register('fay')).account.isOperator).toBe(false)
  })

  test('gives an id to one of those who want it at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => register('minsu')))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'handle_taken' })
  })

  test('keeps the house’s own ids', async () => {
    for (const handle of ['admin', 'our.now', 'system', 'op-erator'])
      await expect(register(handle)).rejects.toMatchObject({ code: 'handle_taken' })
  })

  test('refuses common passwords, one’s own id and names nobody can see', async () => {
    await expect(register('minsu', { password: 'password123' })).rejects.toMatchObject({
      code: 'password_too_common',
    })
    await expect(register('jongminlee', { password: 'jongminlee' })).rejects.toMatchObject({
      code: 'password_too_common',
    })
    await expect(register('minsu', { displayName: '\u3164' })).rejects.toMatchObject({ code: 'name_invalid' })
    expect(await stack.auth.getRegistration(anonymous(), {})).toEqual({ mode: 'open', hasAccounts: false })
  })

  test('refuses what the contract does not know, and writes nothing', async () => {
    for (const wrong of [
      { isOperator: true },
      { handle: 'Ümit' },
      { handle: 'a' },
      { password: 'short' },
      { handle: { a: 1 } },
    ])
      await expect(register('minsu', wrong)).rejects.toMatchObject({ code: 'invalid_request' })
    expect((await stack.auth.getRegistration(anonymous(), {})).hasAccounts).toBe(false)
  })

  test('has a budget for each address', async () => {
    const { auth, clock, close } = await startAuthStack({ AUTH_REGISTRATIONS_PER_ADDRESS_PER_MINUTE: '3' })
    try {
      const tryFrom = (address: string) => auth.register(anonymous(address), { ...aRegistration('admin') })
      for (let index = 0; index < 3; index += 1)
        await expect(tryFrom('10.9.9.9')).rejects.toMatchObject({ code: 'handle_taken' })
      await expect(tryFrom('10.9.9.9')).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 20_000 })
      await expect(tryFrom('10.9.9.8')).rejects.toMatchObject({ code: 'handle_taken' })
      clock.advance(20_000)
      await expect(tryFrom('10.9.9.9')).rejects.toMatchObject({ code: 'handle_taken' })
    } finally {
      await close()
    }
  })
})
