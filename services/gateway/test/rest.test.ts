import { restRoutes } from '@our-now/contracts/rest.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  call,
  callAs,
  cookieOf,
  pageHeaders,
  password,
  signIn,
  signUp,
  type Person,
} from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

let stack: Stack
let ada: Person
let bob: Person
beforeAll(async () => {
  stack = await startStack()
  ada = await signUp(stack.url, 'ada')
  bob = await signUp(stack.url, 'bob')
})
afterAll(() => stack.close())

const refresh = (cookie: string, headers: Record<string, string> = pageHeaders(stack.url)) =>
  call(stack.url, 'POST', '/api/auth/refresh', {
    headers: { ...headers, ...(cookie === '' ? {} : { cookie }) },
  })

describe('signing up and in', () => {
  test('the refresh token goes into an httpOnly cookie and nowhere else', async () => {
    const answer = await call(stack.url, 'POST', '/api/auth/sign-in', {
      body: { handle: 'ada', password, deviceName: 'phone' },
    })
    expect(answer.status).toBe(200)
    const [cookie = '', ...others] = answer.headers.getSetCookie()
    expect(others).toEqual([])
    expect(cookie).toMatch(/^on_refresh=[\w%-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
    expect(answer.body).not.toHaveProperty('refreshToken')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('a profile and a note-to-self room are there after sign-up, in the language asked for', async () => {
    const answer = await call(stack.url, 'POST', '/api/auth/register', {
      body: { handle: 'minsu', password, displayName: '민수', deviceName: 'test' },
      headers: { 'accept-language': 'ko-KR,ko;q=0.9' },
    })
    const headers = { authorization: `Bearer ${String(answer.body?.['accessToken'])}` }
    expect((await call(stack.url, 'GET', '/api/me', { headers })).body).toMatchObject({
      displayName: '민수',
      handle: 'minsu',
    })
    const rooms = (await call(stack.url, 'GET', '/api/rooms', { headers })).body?.['rooms']
    expect(rooms).toMatchObject([{ kind: 'self' }])
  })

  test('refreshing swaps the cookie and gives a new access token', async () => {
    const person = await signIn(stack.url, 'ada')
    const answer = await refresh(person.cookie)
    expect(answer.status).toBe(200)
    expect(cookieOf(answer)).not.toBe(person.cookie)
    expect(answer.body).not.toHaveProperty('refreshToken')
  })

  test.each([
    ['without the header', () => ({ origin: stack.url })],
    ['without an origin', () => ({ 'x-our-now': '1' })],
    ['from a foreign origin', () => ({ ...pageHeaders(stack.url), origin: 'https://evil.example' })],
  ])('the cookie is not believed %s', async (_, headers) => {
    const person = await signIn(stack.url, 'ada')
    const answer = await refresh(person.cookie, headers())
    expect([answer.status, answer.body?.['code']]).toEqual([403, 'origin_refused'])
  })

  test('without a cookie there is nothing to refresh, and signing out is still fine', async () => {
    expect((await refresh('')).body).toMatchObject({ code: 'unauthenticated' })
    const answer = await call(stack.url, 'POST', '/api/auth/sign-out', { headers: pageHeaders(stack.url) })
    expect([answer.status, answer.body]).toEqual([200, {}])
  })

  test('a refresh token in the body is refused', async () => {
    const answer = await call(stack.url, 'POST', '/api/auth/refresh', {
      body: { refreshToken: 'x' },
      headers: pageHeaders(stack.url),
    })
    expect(answer.body).toMatchObject({ code: 'invalid_request', field: '/refreshToken' })
  })

  test('signing out clears the cookie and ends the session, for REST too', async () => {
    const person = await signIn(stack.url, 'bob')
    const answer = await call(stack.url, 'POST', '/api/auth/sign-out', {
      headers: { ...pageHeaders(stack.url), cookie: person.cookie },
    })
    expect(answer.headers.getSetCookie()[0]).toMatch(/^on_refresh=; .*Expires=Thu, 01 Jan 1970/)
    expect((await refresh(person.cookie)).body).toMatchObject({ code: 'session_ended' })
    await expect
      .poll(async () => (await callAs(person, 'GET', '/api/me')).body)
      .toMatchObject({ code: 'session_ended' })
  })

  test('a wrong password and an unknown id are told in the same words', async () => {
    const answers = await Promise.all(
      ['ada', 'nobody-here', 'NOT AN ID'].map((handle) =>
        call(stack.url, 'POST', '/api/auth/sign-in', {
          body: { handle, password: 'wrong wrong', deviceName: 'x' },
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  })
})

describe('what comes in', () => {
  test.each([
    ['an unknown field', { deviceName: 'x', handle: 'ada', password, role: 'operator' }, '/role'],
    ['a wrong type', { deviceName: 'x', handle: { $ne: '' }, password }, '/handle'],
    ['a list for a text', { deviceName: 'x', handle: ['ada'], password }, '/handle'],
    ['a missing field', { deviceName: 'x', handle: 'ada' }, '/password'],
    ['an oversize field', { deviceName: 'x', handle: 'ada', password: 'x'.repeat(257) }, '/password'],
  ])('%s is refused with its place', async (_, body, field) => {
    const answer = await call(stack.url, 'POST', '/api/auth/sign-in', { body })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body).toMatchObject({ code: 'invalid_request', status: 400, field })
  })

  test.each([['[]'], ['"text"'], ['7'], ['{"__proto__": {"handle": "ada"}}'], ['{']])(
    'the body %s is refused',
    async (body) => {
      const answer = await call(stack.url, 'POST', '/api/auth/sign-in', { body })
      expect(answer.body).toMatchObject({ code: 'invalid_request' })
    },
  )

  test('a body over the limit is too_large', async () => {
    const answer = await call(stack.url, 'POST', '/api/auth/sign-in', {
      body: { handle: 'x'.repeat(70_000) },
    })
    expect([answer.status, answer.body?.['code']]).toEqual([413, 'too_large'])
  })

  test('query text is read by the schema; repeated, unknown and malformed names are refused', async () => {
    expect((await callAs(ada, 'GET', '/api/rooms?limit=5')).status).toBe(200)
    for (const query of ['limit=5&limit=6', 'limit=five', 'limit=0', 'limit=1e1', 'colour=red', 'limit=5.5'])
      expect((await callAs(ada, 'GET', `/api/rooms?${query}`)).body, query).toMatchObject({
        code: 'invalid_request',
      })
  })

  test('a malformed id is refused, a path cannot be contradicted by the body', async () => {
    expect((await callAs(ada, 'GET', '/api/rooms/not-a-room')).body).toMatchObject({
      code: 'invalid_request',
      field: '/roomId',
    })
    const roomId = randomUUID()
    const answer = await callAs(ada, 'PATCH', `/api/rooms/${roomId}`, { roomId: randomUUID(), name: 'x' })
    expect(answer.body).toMatchObject({ code: 'invalid_request', field: '/roomId' })
  })

  test('foreign rooms answer exactly like absent ones, on every route', async () => {
    const made = await callAs(bob, 'POST', '/api/rooms', {
      name: 'private',
      userIds: [(await signUp(stack.url)).userId],
    })
    const foreign = String(made.body?.['roomId'])
    const absent = randomUUID()
    const bodies: Record<string, unknown> = {
      renameRoom: { name: 'mine' },
      updateVideoRoom: { isLocked: true },
      inviteMembers: { userIds: [bob.userId] },
      leaveRoom: { isQuiet: true },
      updateMembership: { isMuted: true },
      sendMessage: { clientMessageId: randomUUID(), text: 'let me in' },
      setRoomTagging: { isOn: true },
      suggestFaces: { picture: 'AAAA' },
      confirmTag: { userId: bob.userId, box: { left: 0, top: 0, width: 0.1, height: 0.1 } },
    }
    const about = restRoutes.filter(({ path }) => path.includes(':roomId'))
    expect(about.length).toBeGreaterThan(8)
    for (const { method, path, operation } of about) {
      const answers = []
      for (const roomId of [foreign, absent]) {
        const filled = path
          .replace(':roomId', roomId)
          .replace(':userId', bob.userId)
          .replace(':seq', '1')
          .replace(/:(photoId|tagId)/, randomUUID())
        const answer = await callAs(
          ada,
          method,
          filled,
          method === 'GET' || method === 'DELETE' ? undefined : (bodies[operation] ?? {}),
        )
        answers.push([answer.status, answer.body])
      }
      expect(answers[0], operation).toEqual(answers[1])
      expect(answers[0]?.[0], operation).toBe(404)
    }
  })

  test('every route that needs a token is closed without one', async () => {
    for (const { method, path, auth } of restRoutes) {
      if (auth !== 'access') continue
      const filled = path
        .replaceAll(/:(roomId|userId|sessionId)/g, randomUUID())
        .replace(':seq', '1')
        .replace(':code', 'x'.repeat(20))
      const answer = await call(
        stack.url,
        method,
        filled,
        method === 'GET' || method === 'DELETE' ? {} : { body: {} },
      )
      expect([answer.status, answer.body?.['code']], path).toEqual([401, 'unauthenticated'])
    }
  })

  test('a page of another origin may not use a token either; nobody is told about CORS', async () => {
    const answer = await callAs(ada, 'GET', '/api/me', undefined, { origin: 'https://evil.example' })
    expect([answer.status, answer.body?.['code']]).toEqual([403, 'origin_refused'])
    const preflight = await call(stack.url, 'OPTIONS', '/api/me', {
      headers: { origin: 'https://evil.example' },
    })
    expect(preflight.status).toBe(404)
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('what is not there is a problem with a code', async () => {
    for (const path of ['/api/nothing', '/api/rooms/x/y/z', '/nothing'])
      expect((await call(stack.url, 'GET', path)).body).toMatchObject({ code: 'not_found', status: 404 })
  })
})

test('an ended session is refused within a moment, a signed-in one goes on', async () => {
  const first = await signIn(stack.url, 'bob')
  const second = await signIn(stack.url, 'bob')
  expect((await callAs(first, 'DELETE', `/api/auth/sessions/${second.sessionId}`)).status).toBe(200)
  await expect
    .poll(async () => (await callAs(second, 'GET', '/api/me')).body)
    .toMatchObject({ code: 'session_ended' })
  expect((await callAs(first, 'GET', '/api/me')).status).toBe(200)
})
