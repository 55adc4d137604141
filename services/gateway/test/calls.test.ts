import type { MediaApi } from '@our-now/contracts/media.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noCalls } from '../src/calls/no-calls.ts'
import { callAs, connect, signIn, signUp, type Connected, type Person } from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

interface Told {
  readonly operation: 'leaveCall' | 'recheckMember'
  readonly userId: string | undefined
  readonly sessionId: string | undefined
  readonly roomId: string
}

let stack: Stack
let told: Told[] = []
/** The next so many commands to media fail. */
let failures = 0
/** Happens while a device joins. */
let meanwhile: (() => Promise<unknown>) | undefined
let ada: Person
let bob: Person
let roomId: string

const note =
  (operation: Told['operation']) =>
  async ({ userId, sessionId }: CallContext, request: { readonly roomId: string }) => {
    failures -= 1
    if (failures >= 0) throw new Error('media is away')
    told.push({ operation, userId, sessionId, roomId: request.roomId })
    return {}
  }
/** What gateways tell media about devices; what flows is no concern here. */
const media: MediaApi = {
  ...noCalls,
  joinCall: async () => {
    await meanwhile?.()
    meanwhile = undefined
    /** True as far as the gateway looks: it passes the answer on. */
    return {} as never
  },
  leaveCall: note('leaveCall'),
  recheckMember: note('recheckMember'),
}

beforeAll(async () => {
  // Nothing but the push tells of a removal here; what repairs a lost one is late.
  const settings = { GATEWAY_HEADS_INTERVAL_MS: '60000' }
  stack = await startStack({ settings, wrapApis: (apis) => ({ ...apis, media }) })
})
afterAll(() => stack.close())
beforeEach(async () => {
  told = []
  failures = 0
  ada = await signUp(stack.url)
  bob = await signUp(stack.url)
  const made = await callAs(ada, 'POST', '/api/rooms', { name: 'room', userIds: [bob.userId] })
  roomId = String(made.body?.['roomId'])
})

const join = (device: Connected) => device.command('call:join', { roomId, isVideo: false })
const withinMs = 1_000

test('who is taken out of a room in whose call they are is looked after by media at once', async () => {
  const [bobs, adas] = [await connect(bob), await connect(ada)]
  for (const device of [bobs, adas]) await join(device)
  failures = 1
  await callAs(ada, 'DELETE', `/api/rooms/${roomId}/members/${bob.userId}`)
  await waitUntil(() => told.length > 0, { timeoutMs: withinMs })
  expect(told).toEqual([{ operation: 'recheckMember', userId: bob.userId, sessionId: undefined, roomId }])
})

test('who leaves a room without being in its call is nothing to media', async () => {
  const [bobs, adas] = [await connect(bob), await connect(ada)]
  await join(adas)
  await callAs(bob, 'POST', `/api/rooms/${roomId}/leave`, { isQuiet: true })
  await waitUntil(() => bobs.pushed('user:event').length > 0)
  expect(told).toEqual([])
})

test('a device that is signed out everywhere is out of its call', async () => {
  const phone = await signIn(stack.url, bob.handle)
  const [laptop, phones] = [await connect(bob), await connect(phone)]
  for (const device of [laptop, phones]) await join(device)
  await callAs(bob, 'DELETE', `/api/auth/sessions/${phone.sessionId}`)
  await waitUntil(() => told.length > 0, { timeoutMs: withinMs })
  expect(told).toEqual([{ operation: 'leaveCall', userId: bob.userId, sessionId: phone.sessionId, roomId }])
})

test('a session that ends while its device joins is out again', async () => {
  const phone = await signIn(stack.url, bob.handle)
  const phones = await connect(phone)
  meanwhile = async () => {
    await callAs(bob, 'DELETE', `/api/auth/sessions/${phone.sessionId}`)
    await waitUntil(() => told.length > 0)
  }
  await join(phones).catch(() => undefined)
  await waitUntil(() => told.length === 2, { timeoutMs: withinMs })
  expect(new Set(told.map(({ sessionId }) => sessionId))).toEqual(new Set([phone.sessionId]))
})

test('a token that ends takes its device out of the call within a second, and does not let it in again', async () => {
  const device = await connect(bob)
  await join(device)
  stack.advance(10 * 60_000 + 1_000)
  // Those of the tests before have ended too.
  const ofBob = () => told.filter(({ userId }) => userId === bob.userId)
  await waitUntil(() => ofBob().length > 0, { timeoutMs: withinMs })
  expect(ofBob()).toEqual([{ operation: 'leaveCall', userId: bob.userId, sessionId: bob.sessionId, roomId }])
  await expect(join(device)).rejects.toMatchObject({ code: 'token_expired' })
})
