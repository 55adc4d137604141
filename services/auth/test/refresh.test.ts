import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedIn } from '@our-now/contracts/auth.ts'
import { signedIn } from '@our-now/testkit/signed-in.ts'
import { anonymous, aRegistration, as, startAuthStack, type AuthStack } from './support/auth-stack.ts'

const dayMs = 86_400_000
const minuteMs = 60_000
let stack: AuthStack
let minsu: SignedIn
beforeEach(async () => {
  stack = await startAuthStack()
  minsu = await stack.auth.register(anonymous(), aRegistration('minsu'))
})
afterEach(() => stack.close())

const refresh = (refreshToken: string) => stack.auth.refresh(anonymous(), { refreshToken })
const ended = { code: 'session_ended' }

describe('refreshing', () => {
  test('gives a successor and a new access token for the same session', async () => {
    stack.clock.advance(9 * minuteMs)
    const next = await refresh(minsu.refreshToken)
    expect(next.sessionId).toBe(minsu.sessionId)
    expect(next.account).toEqual(minsu.account)
    expect(next.displayName).toBe(minsu.displayName)
    expect(next.refreshToken).not.toBe(minsu.refreshToken)
    expect(next.accessTokenExpiresAt).toBe(stack.clock.now() + 10 * minuteMs)
    expect(next.refreshTokenExpiresAt).toBe(stack.clock.now() + 30 * dayMs)
  })

  test('fifty at once get the same one successor', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(minsu.refreshToken)))
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1)
    const successor = answers[0]?.refreshToken ?? ''
    await expect(refresh(successor)).resolves.toBeDefined()
    expect(stack.pushes).toEqual([])
  })

  test('a lost reply may be asked for again for five minutes while the successor is unused', async () => {
    const first = await refresh(minsu.refreshToken)
    stack.clock.advance(5 * minuteMs)
    const again = await refresh(minsu.refreshToken)
    expect(again.refreshToken).toBe(first.refreshToken)
    expect(again.refreshTokenExpiresAt).toBe(first.refreshTokenExpiresAt)
  })

  test('an old token after five minutes ends the session and closes its sockets', async () => {
    const next = await refresh(minsu.refreshToken)
    stack.clock.advance(5 * minuteMs + 1)
    await expect(refresh(minsu.refreshToken)).rejects.toMatchObject(ended)
    await expect(refresh(next.refreshToken)).rejects.toMatchObject(ended)
    expect(stack.pushes).toEqual([
      {
        channel: `session:${minsu.sessionId}`,
        name: 'session:ended',
        payload: { sessionIds: [minsu.sessionId] },
      },
    ])
    expect(await stack.auth.revokedSince(anonymous(), { cursor: 0 })).toMatchObject({
      sessionIds: [minsu.sessionId],
    })
  })

  test('an old token whose successor was used ends the session at once, whoever comes later', async () => {
    const second = await refresh(minsu.refreshToken)
    const third = await refresh(second.refreshToken)
    await expect(refresh(minsu.refreshToken)).rejects.toMatchObject(ended)
    await expect(refresh(third.refreshToken)).rejects.toMatchObject(ended)
  })

  test('any token the session ever had is known again, however old', async () => {
    let latest = minsu
    for (let index = 0; index < 20; index += 1) latest = await refresh(latest.refreshToken)
    await expect(refresh(minsu.refreshToken)).rejects.toMatchObject(ended)
    await expect(refresh(latest.refreshToken)).rejects.toMatchObject(ended)
  })

  test('the end of one session leaves the others of the account alone', async () => {
    const other = await signedIn(
      stack.auth.signIn(anonymous(), {
        handle: 'minsu',
        password: aRegistration('minsu').password,
        deviceName: 'Other',
      }),
    )
    await refresh((await refresh(minsu.refreshToken)).refreshToken)
    await expect(refresh(minsu.refreshToken)).rejects.toMatchObject(ended)
    await expect(refresh(other.refreshToken)).resolves.toMatchObject({ sessionId: other.sessionId })
  })

  test('a device that is not used for 30 days is signed out, one that is used after 90', async () => {
    stack.clock.advance(30 * dayMs)
    await expect(refresh(minsu.refreshToken)).rejects.toMatchObject(ended)

    let used = await stack.auth.register(anonymous(), aRegistration('sora'))
    for (let day = 0; day < 80; day += 20) {
      stack.clock.advance(20 * dayMs)
      used = await refresh(used.refreshToken)
    }
    expect(used.refreshTokenExpiresAt).toBe(stack.clock.now() + 10 * dayMs)
    stack.clock.advance(10 * dayMs - 30_000)
    const last = await refresh(used.refreshToken)
    expect(last.accessTokenExpiresAt - stack.clock.now()).toBeLessThanOrEqual(30_000)
    stack.clock.advance(30_000)
    await expect(refresh(last.refreshToken)).rejects.toMatchObject(ended)
    expect(await stack.auth.listSessions(as(used), {})).toEqual({ sessions: [] })
  })

  test('what was never a token is refused and ends nothing', async () => {
    const flipped = `${minsu.refreshToken.startsWith('A') ? 'B' : 'A'}${minsu.refreshToken.slice(1)}`
    for (const wrong of ['', 'x', flipped, `${minsu.refreshToken}A`, 'A'.repeat(86), '0'.repeat(128)])
      await expect(refresh(wrong)).rejects.toMatchObject(ended)
    await expect(refresh(minsu.refreshToken)).resolves.toBeDefined()
  })

  test('the database holds no token', async () => {
    const next = await refresh(minsu.refreshToken)
    const rows = JSON.stringify(await stack.database.reader('sessions'))
    for (const token of [minsu.refreshToken, next.refreshToken]) {
      expect(rows).not.toContain(token)
      expect(rows).not.toContain(token.slice(24, 66))
    }
  })
})
