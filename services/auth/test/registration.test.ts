import type { SignedIn } from '@our-now/contracts/auth.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  anonymous,
  aRegistration,
  as,
  goodPassword,
  startAuthStack,
  type AuthStack,
} from './support/auth-stack.ts'

const dayMs = 86_400_000
let stack: AuthStack
let operator: SignedIn
beforeEach(async () => {
  stack = await startAuthStack()
  operator = await stack.auth.register(anonymous(), aRegistration('minsu'))
})
afterEach(() => stack.close())

const setMode = (mode: 'open' | 'invite' | 'closed') => stack.auth.setRegistration(as(operator), { mode })
const register = (handle: string, inviteCode?: string) =>
  stack.auth.register(anonymous(), {
    ...aRegistration(handle),
    ...(inviteCode === undefined ? {} : { inviteCode }),
  })

describe('registration', () => {
  test('is closed to everybody when the operator closes it', async () => {
    await setMode('closed')
    expect(await stack.auth.getRegistration(anonymous(), {})).toEqual({ mode: 'closed', hasAccounts: true })
    const { code } = await stack.auth.createRegistrationInvite(as(operator), { maxUses: 5 })
    await expect(register('sora', code)).rejects.toMatchObject({ code: 'registration_closed' })
  })

  test('is always open to the very first account', async () => {
    const fresh = await startAuthStack()
    try {
      await fresh.database.transaction((trx) => trx('registration').update({ mode: 'closed' }))
      const first = await fresh.auth.register(anonymous(), aRegistration('ada'))
      expect(first.account.isOperator).toBe(true)
      await expect(fresh.auth.register(anonymous(), aRegistration('bob'))).rejects.toMatchObject({
        code: 'registration_closed',
      })
    } finally {
      await fresh.close()
    }
  })

  test('by invitation takes as many as it was made for, also at once', async () => {
    await setMode('invite')
    await expect(register('sora')).rejects.toMatchObject({ code: 'invite_required' })
    await expect(register('sora', 'A'.repeat(43))).rejects.toMatchObject({ code: 'invite_required' })
    const { code, expiresAt, maxUses } = await stack.auth.createRegistrationInvite(as(operator), {
      maxUses: 2,
    })
    expect({ expiresAt, maxUses }).toEqual({ expiresAt: stack.clock.now() + 7 * dayMs, maxUses: 2 })
    const results = await Promise.allSettled(
      ['ada', 'bob', 'cem', 'dia', 'eva'].map((handle) => register(handle, code)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'invite_required' })
    expect(JSON.stringify(await stack.database.reader('registration_invites'))).not.toContain(code)
  })

  test('that fails does not use up an invitation', async () => {
    await setMode('invite')
    const { code } = await stack.auth.createRegistrationInvite(as(operator), { maxUses: 1 })
    await expect(register('minsu', code)).rejects.toMatchObject({ code: 'handle_taken' })
    await expect(register('sora', code)).resolves.toBeDefined()
  })

  test('by invitation ends after seven days', async () => {
    await setMode('invite')
    const { code } = await stack.auth.createRegistrationInvite(as(operator), { maxUses: 1 })
    stack.clock.advance(7 * dayMs)
    await expect(register('sora', code)).rejects.toMatchObject({ code: 'invite_required' })
  })
})

describe('what the operator may do', () => {
  test('nobody else may, whatever their token says', async () => {
    const sora = { ...as(await register('sora')), isOperator: true }
    const attempts = [
      () => stack.auth.setRegistration(sora, { mode: 'open' }),
      () => stack.auth.createRegistrationInvite(sora, { maxUses: 1 }),
      () => stack.auth.listAccounts(sora, {}),
      () => stack.auth.createPasswordReset(sora, { handle: 'sora', password: goodPassword }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(stack.auth.listAccounts(anonymous(), {})).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('accounts are listed by id in pages', async () => {
    for (const handle of ['zoe', 'ada', 'bob']) await register(handle)
    const list = (cursor?: string) =>
      stack.auth.listAccounts(as(operator), { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
    const first = await list()
    const second = await list(first.nextCursor)
    expect(first.accounts.map(({ handle }) => handle)).toEqual(['ada', 'bob'])
    expect(second.accounts.map(({ handle }) => handle)).toEqual(['minsu', 'zoe'])
    expect(second.nextCursor).toBeUndefined()
    expect(second.accounts[0]).toEqual(operator.account)
    await expect(list('bm8gY3Vyc29yIQ')).rejects.toMatchObject({ code: 'invalid_request', field: '/cursor' })
  })
})
