import { presenceContract } from '@our-now/contracts/presence.ts'
import { systemClock } from '@our-now/platform/clock/clock.ts'
import { callOverHttp } from '@our-now/platform/service-call/call-over-http.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startFourProcesses, type FourProcesses } from './support/four-processes.ts'
import { ask } from './support/door.ts'
import { listenersPassword, startListener, type Listener } from './support/listener.ts'

/**
 * Auth, chat, presence and gateway by themselves, over HTTP. Each process has a socket hub of its own, so no push
 * crosses between them: what arrives has been found by heads and fetched by sync.
 */

/** What was missed is there again within this, in ms (C7). */
const healMs = 10_000
/** Nothing is delivered to somebody who was taken out, or over a session that ended, after this, in ms (C9). */
const revokeMs = 15_000

let product: FourProcesses
let ada: Listener
let ben: Listener
let cho: Listener

beforeAll(async () => {
  product = await startFourProcesses()
  ada = await startListener(product.url, 'ada')
  ben = await startListener(product.url, 'ben')
  cho = await startListener(product.url, 'cho')
}, 60_000)
afterAll(async () => {
  await Promise.all([ada, ben, cho].map((person) => person?.client.close()))
  await product?.dispose()
})

async function makeGroup(name: string): Promise<string> {
  const { roomId } = await ada.client.api.createGroup({ userIds: [ben.userId], name })
  await Promise.all([ada.follow(roomId), ben.follow(roomId)])
  return roomId
}

/** Both have seen exactly the log that chat keeps: in order, nothing twice, no hole. */
async function expectWholeLog(roomId: string, ...people: readonly Listener[]): Promise<void> {
  const { messages } = await ada.client.api.listMessages({ roomId, limit: 200 })
  for (const person of people) {
    const events = person.eventsOf(roomId)
    const first = events[0]?.seq ?? 0
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => first + index))
    expect(person.textsOf(roomId)).toEqual(messages.map(({ text }) => text))
  }
}

describe('two people over four processes', () => {
  test('become friends and see it in their own logs', async () => {
    await ada.client.api.addFriend({ userId: ben.userId })
    await waitUntil(() => ben.userEvents.some(({ kind }) => kind === 'admirer-added'), { timeoutMs: healMs })
    await ben.client.api.addFriend({ userId: ada.userId })
    await waitUntil(() => ben.userEvents.some(({ kind }) => kind === 'friend-changed'), { timeoutMs: healMs })
  })

  test('talk both ways in a 1:1 and in a group, each message once and in order within 10 s', async () => {
    const direct = (await ada.client.api.openDirectRoom({ userId: ben.userId })).roomId
    await Promise.all([ada.follow(direct), ben.follow(direct)])
    const group = await makeGroup('four processes')
    await waitUntil(
      () => ben.userEvents.some((event) => event.kind === 'room-joined' && event.room.roomId === group),
      { timeoutMs: healMs },
    )
    for (const roomId of [direct, group]) {
      for (let round = 0; round < 5; round++) {
        await ada.client.outbox.send(roomId, `ada ${round}`)
        await ben.client.outbox.send(roomId, `ben ${round}`)
      }
    }
    await waitUntil(
      () =>
        [direct, group].every((roomId) => [ada, ben].every((person) => person.textsOf(roomId).length === 10)),
      { timeoutMs: healMs },
    )
    for (const roomId of [direct, group]) await expectWholeLog(roomId, ada, ben)
  }, 40_000)

  test('presence learns from chat, through the log, who hides', async () => {
    const { api, close } = callOverHttp(presenceContract, {
      service: 'presence',
      urls: [product.processes.get('presence')?.url ?? ''],
      serviceToken: product.serviceToken,
      clock: systemClock,
    })
    onTestFinished(close)
    const statusOfAda = async () =>
      (await api.listStates({ traceId: 'test' }, { userIds: [ada.userId] })).states[0]?.status
    await waitUntil(async () => (await statusOfAda()) === 'online')
    await ada.client.api.updateProfile({ presenceVisible: false })
    await waitUntil(async () => (await statusOfAda()) === 'offline', { timeoutMs: healMs })
    await ada.client.api.updateProfile({ presenceVisible: true })
    await waitUntil(async () => (await statusOfAda()) === 'online', { timeoutMs: healMs })
  }, 40_000)

  test('a member who was taken out receives nothing any more', async () => {
    const roomId = await makeGroup('short stay')
    await ada.client.api.inviteMembers({ roomId, userIds: [cho.userId] })
    await cho.follow(roomId)
    await ada.client.outbox.send(roomId, 'welcome')
    await waitUntil(() => ben.textsOf(roomId).includes('welcome'), { timeoutMs: healMs })
    await ada.client.api.removeMember({ roomId, userId: ben.userId })
    await waitUntil(
      () => ben.userEvents.some((event) => event.kind === 'room-left' && event.roomId === roomId),
      { timeoutMs: revokeMs },
    )
    await ada.client.outbox.send(roomId, 'among us')
    // Cho's socket got it from the same channel that Ben's was in.
    await waitUntil(() => cho.textsOf(roomId).includes('among us'), { timeoutMs: healMs })
    await expect(ben.client.api.listMessages({ roomId })).rejects.toMatchObject({ code: 'room_not_found' })
    const sync = await ben.client.command('room:sync', { rooms: [{ roomId, have: 0 }] })
    expect(sync).toMatchObject({ rooms: [], gone: [roomId] })
    expect(ben.textsOf(roomId)).toEqual(['welcome'])
  }, 60_000)

  test('the socket of a session that was ended elsewhere closes within 15 s, and its token is refused', async () => {
    const phone = await startListener(product.url, 'ben', 'signIn')
    onTestFinished(() => phone.client.close())
    let reason: string | undefined
    phone.client.on('session-changed', (change) => {
      reason = change.status === 'signed-out' ? change.reason : undefined
    })
    const signIn = { handle: 'ben', password: listenersPassword, deviceName: 'script' }
    const { body } = await ask(product.url, 'POST', '/api/auth/sign-in', undefined, signIn)
    const token = String(Reflect.get(body, 'accessToken'))
    const statusWithToken = async () => (await ask(product.url, 'GET', '/api/me', token)).status
    expect(await statusWithToken()).toBe(200)
    const sessionIds = [phone.sessionId, String(Reflect.get(body, 'sessionId'))]
    for (const sessionId of sessionIds) await ben.client.api.endSession({ sessionId })
    const deadline = performance.now() + revokeMs
    await waitUntil(() => reason === 'ended', { timeoutMs: deadline - performance.now() })
    await waitUntil(async () => (await statusWithToken()) === 401, {
      timeoutMs: deadline - performance.now(),
    })
    expect(phone.client.connection.state().state).toBe('offline')
    // The other device stays.
    expect((await ben.client.api.getMyProfile()).userId).toBe(ben.userId)
  }, 40_000)

  test('without the vision service calls about faces are answered at once, and everything else works', async () => {
    const phone = await ask(product.url, 'POST', '/api/auth/sign-in', undefined, {
      handle: 'ada',
      password: listenersPassword,
      deviceName: 'script',
    })
    const token = String(Reflect.get(phone.body, 'accessToken'))
    const startMs = performance.now()
    const face = await ask(product.url, 'GET', '/api/face', token)
    expect(performance.now() - startMs).toBeLessThan(1_000)
    expect([face.status, Reflect.get(face.body, 'code')]).toEqual([503, 'unavailable'])
    expect((await ask(product.url, 'GET', '/api/me', token)).status).toBe(200)
  })

  test('chat is killed and comes back: every message under its first id, none lost, none doubled', async () => {
    const roomId = await makeGroup('kill -9')
    const ids: string[] = []
    const write = async (from: number, to: number): Promise<void> => {
      for (let number = from; number < to; number++)
        ids.push((await ada.client.outbox.send(roomId, `message ${number}`)).clientMessageId)
    }
    await write(0, 30)
    await waitUntil(() => ada.textsOf(roomId).length > 5, { timeoutMs: healMs })
    await product.processes.get('chat')?.kill()
    await write(30, 40)
    expect(ada.client.outbox.entries(roomId).length).toBeGreaterThan(0)
    await product.restart('chat')
    await waitUntil(() => ada.client.outbox.entries(roomId).length === 0, { timeoutMs: 2 * healMs })
    await waitUntil(() => ben.textsOf(roomId).length === 40, { timeoutMs: healMs })
    const { messages } = await ben.client.api.listMessages({ roomId, limit: 200 })
    expect(messages.map(({ clientMessageId }) => clientMessageId)).toEqual(ids)
    await expectWholeLog(roomId, ada, ben)
  }, 60_000)
})

describe('the internal ports', () => {
  const calls = [
    ['auth', 'listSigningKeys', {}],
    ['auth', 'revokedSince', { cursor: 0 }],
    ['chat', 'recentHeads', {}],
    ['presence', 'listStates', { userIds: [] }],
  ] as const

  test.each(calls)(
    '%s refuses %s without the token and with another one',
    async (name, operation, request) => {
      const path = `/calls/${name}/${operation}`
      const post = async (url: string, token?: string): Promise<unknown> => {
        const response = await fetch(url + path, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(token === undefined ? {} : { 'x-service-token': token }),
          },
          body: JSON.stringify({
            context: { traceId: 'test', userId: ada.userId, isOperator: true },
            request,
          }),
        })
        return response.json()
      }
      const refused = { ok: false, failure: { code: 'unauthenticated' } }
      const internal = product.processes.get(name)?.url ?? ''
      const right = product.serviceToken.reveal()
      expect(await post(internal)).toMatchObject(refused)
      expect(
        await post(
          internal,
          right.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
        ),
      ).toMatchObject(refused)
      expect(await post(internal, right)).toMatchObject({ ok: true })
      // The public door knows no such path, whatever is sent along.
      expect(await post(product.url, right)).toMatchObject({ code: 'not_found' })
    },
  )
})

test('SIGTERM ends each of the four with code 0', async () => {
  const short = await startFourProcesses()
  const person = await startListener(short.url, 'eve')
  onTestFinished(() => person.client.close())
  const startedAt = performance.now()
  const codes = await short.dispose()
  expect(Object.fromEntries(codes)).toEqual({ auth: 0, chat: 0, presence: 0, gateway: 0 })
  expect(performance.now() - startedAt).toBeLessThan(10_000)
}, 60_000)
