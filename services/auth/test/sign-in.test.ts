import { hash } from '@node-rs/argon2'
import { naughtyStrings } from '@our-now/testkit/naughty-strings.ts'
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

let stack: AuthStack
beforeEach(async () => {
  stack = await startAuthStack()
  await stack.auth.register(anonymous(), aRegistration('minsu'))
})
afterEach(() => stack.close())

const signIn = (handle: string, password = goodPassword, context = anonymous()) =>
  signedIn(stack.auth.signIn(context, { handle, password, deviceName: 'Laptop' }))

/** What an outsider sees of an answer. */
const seen = async (answer: Promise<unknown>): Promise<unknown> => {
  try {
    await answer
    return 'signed in'
  } catch (error) {
    const { code, message, retryAfterMs } = Object(error)
    return { code, message, retryAfterMs }
  }
}

describe('signing in', () => {
  test('opens a session of its own each time, however the id was typed', async () => {
    const first = await signIn('minsu')
    const second = await signIn(' MinSu ')
    expect(second.account).toEqual(first.account)
    expect(second.sessionId).not.toBe(first.sessionId)
    const { sessions } = await stack.auth.listSessions(as(second), {})
    expect(sessions).toHaveLength(3)
  })

  test('takes a password in either spelling of the same characters', async () => {
    const password = '초록수달과-램프-91'
    await stack.auth.register(anonymous(), { ...aRegistration('sora'), password: password.normalize('NFD') })
    await expect(signIn('sora', password.normalize('NFC'))).resolves.toBeDefined()
  })

  test('answers an unknown id exactly like a wrong password, also when slowed down', async () => {
    const answers = async (handle: string) => {
      const all = []
      for (let index = 0; index < 7; index += 1) all.push(await seen(signIn(handle, 'wrong-password')))
      return all
    }
    const known = await answers('minsu')
    expect(await answers('nobody-here')).toEqual(known)
    expect(known.map((answer) => Object(answer).code)).toEqual([
      ...Array.from({ length: 5 }, () => 'credentials_wrong'),
      'rate_limited',
      'rate_limited',
    ])
  })

  test('works as much for an unknown id as for a wrong password', async () => {
    // CPU time of the process: it does not depend on what else the machine does.
    const work = async (handle: string) => {
      const before = process.cpuUsage()
      await seen(signIn(handle, 'wrong-password'))
      stack.clock.advance(3_600_000)
      return process.cpuUsage(before).user
    }
    const [known, unknown]: [number[], number[]] = [[], []]
    for (let index = 0; index < 15; index += 1) {
      known.push(await work('minsu'))
      unknown.push(await work('nobody-here'))
    }
    const median = (amounts: number[]) => amounts.sort((a, b) => a - b)[7] ?? 0
    // Far wider than what is meant; a missing hash would be a factor of ten.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5)
    expect(median(unknown) / median(known)).toBeLessThan(2)
  })

  test('slows guessing down by account and lets the owner in when the wait is over', async () => {
    for (let index = 0; index < 5; index += 1) await seen(signIn('minsu', 'wrong-password'))
    const refused = await seen(signIn('minsu'))
    expect(refused).toMatchObject({ code: 'rate_limited', retryAfterMs: 1_000 })
    stack.clock.advance(999)
    expect(await seen(signIn('minsu'))).toMatchObject({ code: 'rate_limited', retryAfterMs: 1 })
    stack.clock.advance(1)
    expect(await seen(signIn('minsu', 'wrong-password'))).toMatchObject({ code: 'credentials_wrong' })
    expect(await seen(signIn('minsu'))).toMatchObject({ code: 'rate_limited', retryAfterMs: 2_000 })
    stack.clock.advance(2_000)
    expect(await seen(signIn('minsu'))).toBe('signed in')
    expect(await seen(signIn('minsu', 'wrong-password'))).toMatchObject({ code: 'credentials_wrong' })
  })

  test('lets no more guesses through when they come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => seen(signIn('minsu', 'wrong-password'))),
    )
    const guesses = answers.filter((answer) => Object(answer).code === 'credentials_wrong')
    expect(guesses.length).toBeLessThanOrEqual(5)
    for (const answer of answers) expect(['credentials_wrong', 'rate_limited']).toContain(Object(answer).code)
  })

  test('never makes anybody wait longer than the bound', async () => {
    for (let index = 0; index < 20; index += 1) {
      await seen(signIn('minsu', 'wrong-password'))
      stack.clock.advance(60_000)
    }
    expect(await seen(signIn('minsu'))).toBe('signed in')
  })

  test('has a budget for each address, whatever ids are tried', async () => {
    const context = { traceId: 'test', address: '10.8.8.8' }
    const small = await startAuthStack({ AUTH_TRIES_PER_ADDRESS_PER_MINUTE: '2' })
    try {
      const tryId = (handle: string) =>
        seen(small.auth.signIn(context, { handle, password: 'wrong-password', deviceName: '' }))
      expect(await tryId('one')).toMatchObject({ code: 'credentials_wrong' })
      expect(await tryId('two')).toMatchObject({ code: 'credentials_wrong' })
      expect(await tryId('three')).toMatchObject({ code: 'rate_limited', retryAfterMs: 30_000 })
    } finally {
      await small.close()
    }
  })

  test('is refused as overloaded, not queued without end, when too many hashes wait', async () => {
    const small = await startAuthStack({ AUTH_HASH_CONCURRENCY: '1', AUTH_HASH_MAX_WAITING: '2' })
    try {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          seen(small.auth.signIn(anonymous(), { handle: `user${index}`, password: 'x', deviceName: '' })),
        ),
      )
      expect(answers.filter((answer) => Object(answer).code === 'overloaded').length).toBeGreaterThan(0)
      expect(answers.filter((answer) => Object(answer).code === 'credentials_wrong').length).toBeGreaterThan(
        2,
      )
    } finally {
      await small.close()
    }
  })

  test('ends the least recently used session when an account has too many', async () => {
    const small = await startAuthStack({ AUTH_MAX_SESSIONS_PER_ACCOUNT: '2' })
    try {
      const first = await small.auth.register(anonymous(), aRegistration('sora'))
      const next = async () => {
        small.clock.advance(1_000)
        return signedIn(
          small.auth.signIn(anonymous(), { handle: 'sora', password: goodPassword, deviceName: '' }),
        )
      }
      const second = await next()
      const third = await next()
      const { sessions } = await small.auth.listSessions(as(third), {})
      expect(sessions.map(({ sessionId }) => sessionId)).toEqual([third.sessionId, second.sessionId])
      expect((await small.auth.revokedSince(anonymous(), { cursor: 0 })).sessionIds).toEqual([
        first.sessionId,
      ])
    } finally {
      await small.close()
    }
  })

  test('hashes a password anew when the stored hash was made with other parameters', async () => {
    const old = await hash(goodPassword, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    await stack.database.transaction((trx) => trx('accounts').update({ password_hash: old }))
    await signIn('minsu')
    const row: { password_hash: string } = await stack.database.reader('accounts').first('password_hash')
    expect(row.password_hash).toContain('m=19456,t=2,p=1')
    await expect(signIn('minsu')).resolves.toBeDefined()
  })

  test('bears whatever is typed', async () => {
    const typed = naughtyStrings
      .filter((text) => text.length > 0 && text.length <= 64)
      .filter((_, index) => index % 12 === 0)
    for (const text of typed)
      expect(await seen(signIn(text, text))).toMatchObject({ code: 'credentials_wrong' })
  })
})
