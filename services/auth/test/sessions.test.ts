import type { SignedIn } from '@our-now/contracts/auth.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
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

const minuteMs = 60_000
let stack: AuthStack
let minsu: SignedIn
beforeEach(async () => {
  stack = await startAuthStack()
  minsu = await stack.auth.register(anonymous(), aRegistration('minsu'))
})
afterEach(() => stack.close())

const signIn = () =>
  signedIn(
    stack.auth.signIn(anonymous(), { handle: 'minsu', password: goodPassword, deviceName: 'Laptop\0' }),
  )
const revoked = (cursor: number) => stack.auth.revokedSince(anonymous(), { cursor })
const pushedTo = () => stack.pushes.map(({ channel }) => channel)

describe('one’s own devices', () => {
  test('are listed with the most recently used first', async () => {
    stack.clock.advance(minuteMs)
    const laptop = await signIn()
    stack.clock.advance(minuteMs)
    await stack.auth.refresh(anonymous(), { refreshToken: minsu.refreshToken })
    const { sessions } = await stack.auth.listSessions(as(laptop), {})
    expect(sessions).toEqual([
      {
        sessionId: minsu.sessionId,
        deviceName: 'Test phone',
        createdAt: stack.clock.now() - 2 * minuteMs,
        lastUsedAt: stack.clock.now(),
        isCurrent: false,
      },
      {
        sessionId: laptop.sessionId,
        deviceName: 'Laptop',
        createdAt: stack.clock.now() - minuteMs,
        lastUsedAt: stack.clock.now() - minuteMs,
        isCurrent: true,
      },
    ])
  })

  test('end at once: the token, the list for gateways, the sockets and the event', async () => {
    const laptop = await signIn()
    await stack.auth.endSession(as(laptop), { sessionId: minsu.sessionId })
    await expect(stack.auth.refresh(anonymous(), { refreshToken: minsu.refreshToken })).rejects.toMatchObject(
      { code: 'session_ended' },
    )
    expect(await revoked(0)).toEqual({ cursor: 1, sessionIds: [minsu.sessionId], more: false })
    expect(pushedTo()).toEqual([`session:${minsu.sessionId}`])

    const told: unknown[] = []
    const subscription = await stack.eventLog.subscribe({
      group: 'test',
      handlers: { 'auth.session-ended.v1': async ({ key, data }) => void told.push({ key, data }) },
    })
    await waitUntil(() => told.length > 0)
    await subscription.close()
    const { userId } = minsu.account
    expect(told).toEqual([{ key: userId, data: { userId, sessionId: minsu.sessionId } }])
  })

  test('of others, unknown ones and ended ones are all answered alike', async () => {
    const sora = await stack.auth.register(anonymous(), aRegistration('sora'))
    const unknown = '01981f2e-7c6b-7abc-8def-0123456789ab'
    const end = (sessionId: string) => stack.auth.endSession(as(sora), { sessionId })
    await expect(end(minsu.sessionId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(end(unknown)).rejects.toMatchObject({ code: 'not_found' })
    await end(sora.sessionId)
    await expect(end(sora.sessionId)).rejects.toMatchObject({ code: 'not_found' })
    expect((await revoked(0)).sessionIds).toEqual([sora.sessionId])
  })

  test('sign out by any token they ever had, as often as they like', async () => {
    const next = await stack.auth.refresh(anonymous(), { refreshToken: minsu.refreshToken })
    await stack.auth.signOut(anonymous(), { refreshToken: minsu.refreshToken })
    await stack.auth.signOut(anonymous(), { refreshToken: next.refreshToken })
    await stack.auth.signOut(anonymous(), { refreshToken: 'nonsense' })
    expect((await revoked(0)).sessionIds).toEqual([minsu.sessionId])
    expect(pushedTo()).toEqual([`session:${minsu.sessionId}`])
  })

  test('are nobody’s business without signing in', async () => {
    await expect(stack.auth.listSessions(anonymous(), {})).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(stack.auth.endSession(anonymous(), { sessionId: minsu.sessionId })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })
})

describe('the list of ended sessions', () => {
  test('is followed in pages without missing any', async () => {
    const now = stack.clock.now()
    const sessionIds = Array.from(
      { length: 2_005 },
      (_, index) => `01981f2e-7c6b-7abc-8def-${index.toString().padStart(12, '0')}`,
    )
    await stack.database.transaction(async (trx) => {
      for (let at = 0; at < sessionIds.length; at += 100)
        await trx('ended_sessions').insert(
          sessionIds.slice(at, at + 100).map((session_id, index) => ({
            position: at + index + 1,
            session_id,
            ended_at_ms: now,
          })),
        )
      await trx('ended_session_head').update({ position: sessionIds.length })
    })
    const pages = []
    let page = await revoked(0)
    for (; page.more; page = await revoked(page.cursor)) pages.push(page)
    pages.push(page)
    expect(pages.map((each) => each.sessionIds.length)).toEqual([1_000, 1_000, 5])
    expect(pages.flatMap((each) => each.sessionIds)).toEqual(sessionIds)
    expect(await revoked(page.cursor)).toEqual({ cursor: 2_005, sessionIds: [], more: false })
  })

  test('begins again for a gateway that knows a later life of the database', async () => {
    await stack.auth.signOut(anonymous(), { refreshToken: minsu.refreshToken })
    expect(await revoked(77)).toEqual({ cursor: 1, sessionIds: [minsu.sessionId], more: false })
  })
})
