import { createTotpApp } from '@our-now/testkit/totp-app.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, callAs, password, signUp, type Person } from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

let stack: Stack
let ada: Person
beforeAll(async () => {
  stack = await startStack()
  ada = await signUp(stack.url, 'ada')
})
afterAll(() => stack.close())

test('the first step gives nothing but what the second needs; the second gives the session', async () => {
  const begun = await callAs(ada, 'POST', '/api/auth/second-factor/totp', { password })
  const app = createTotpApp(String(begun.body?.['secret']))
  const on = await callAs(ada, 'POST', '/api/auth/second-factor/totp/confirm', { code: app.code() })
  expect(on.status).toBe(200)

  const credentials = { handle: 'ada', password, deviceName: 'laptop' }
  const first = await call(stack.url, 'POST', '/api/auth/sign-in', { body: credentials })
  expect(first.status).toBe(200)
  expect(first.headers.getSetCookie()).toEqual([])
  expect(first.headers.get('cache-control')).toBe('no-store')
  const { pendingToken } = first.body ?? {}
  expect(first.body).toEqual({
    status: 'second_factor_required',
    pendingToken: expect.any(String),
    expiresAt: expect.any(Number),
    ways: ['totp', 'recovery'],
  })

  const complete = (code: string) =>
    call(stack.url, 'POST', '/api/auth/sign-in/complete', { body: { pendingToken, way: 'totp', code } })
  const refused = await complete('000000')
  expect([refused.status, refused.body?.['code']]).toEqual([401, 'second_factor_wrong'])
  expect(refused.headers.getSetCookie()).toEqual([])
  const second = await complete(app.code(1))
  expect(second.status).toBe(200)
  expect(second.headers.getSetCookie()[0]).toMatch(/^on_refresh=[^;]+; .*HttpOnly/)
  expect(second.body).not.toHaveProperty('refreshToken')
  expect(second.body).toMatchObject({ account: { handle: 'ada' } })
})

test('a pending sign-in opens no door of somebody who is signed in', async () => {
  const credentials = { handle: 'ada', password, deviceName: 'laptop' }
  const { body } = await call(stack.url, 'POST', '/api/auth/sign-in', { body: credentials })
  const headers = { authorization: `Bearer ${String(body?.['pendingToken'])}` }
  expect((await call(stack.url, 'GET', '/api/me', { headers })).status).toBe(401)
})
