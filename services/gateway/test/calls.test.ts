import type { MediaApi } from '@our-now/contracts/media.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noCalls } from '../src/calls/no-calls.ts'
import { callAs, closing, connect, signIn, signUp, type Connected, type Person } from './support/person.ts'
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
/** Rooms whose call was joined, and left, in that order. */
let joinedOrLeft: string[] = []
/** Happens while a device joins. */
let meanwhile: (() => Promise<unknown>) | undefined
const strangePeerId = randomUUID()
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
  joinCall: async (_context, request) => {
    const first = meanwhile
    meanwhile = undefined
    await first?.()
    joinedOrLeft.push(`joined ${request.roomId}`)
    /** True as far as the gateway looks: it passes the answer on. */
    return {} as never
  },
  keepCall: async (_context, request) => {
    if (request.peerId === strangePeerId) throw new AppError('call_not_found')
    return { peers: [] }
  },
  leaveCall: async (context, request) => {
    await note('leaveCall')(context, request)
    joinedOrLeft.push(`left ${request.roomId}`)
    return {}
  },
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
  joinedOrLeft = []
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

test('a leave waits for the join before it', async () => {
  const device = await connect(bob)
  let letIn = (): void => undefined
  meanwhile = () => new Promise<void>((resolve) => (letIn = resolve))
  const joining = join(device)
  const leaving = device.command('call:leave', { roomId })
  await waitUntil(() => meanwhile === undefined)
  await device.command('call:list', { roomIds: [roomId] })
  letIn()
  await Promise.all([joining, leaving])
  expect(joinedOrLeft).toEqual([`joined ${roomId}`, `left ${roomId}`])
})

test('a device is in one call: it leaves the one of another room', async () => {
  const device = await connect(bob)
  const other = randomUUID()
  await Promise.all([join(device), device.command('call:join', { roomId: other, isVideo: false })])
  expect(joinedOrLeft).toEqual([`joined ${roomId}`, `left ${roomId}`, `joined ${other}`])
})

test('who joins and joins is told to wait', async () => {
  const device = await connect(bob)
  const answers = await Promise.all(
    Array.from({ length: 25 }, () => join(device).catch(({ code }: AppError) => code)),
  )
  expect(answers.filter((answer) => answer === 'rate_limited').length).toBeGreaterThanOrEqual(4)
})

test('a session that ends while its device has no socket is out of its call', async () => {
  const phone = await signIn(stack.url, bob.handle)
  const phones = await connect(phone)
  await join(phones)
  const isClosed = closing(phones)
  phones.socket.disconnect()
  await isClosed
  await callAs(bob, 'DELETE', `/api/auth/sessions/${phone.sessionId}`)
  await waitUntil(() => told.length > 0, { timeoutMs: withinMs })
  expect(told).toEqual([{ operation: 'leaveCall', userId: bob.userId, sessionId: phone.sessionId, roomId }])
})

test('a call that came from another socket ends with the session too; what is no place of it is not noted', async () => {
  const phone = await signIn(stack.url, bob.handle)
  const phones = await connect(phone)
  await phones.command('call:keep', { roomId, peerId: randomUUID() })
  const nowhere = { roomId: randomUUID(), peerId: strangePeerId }
  await expect(phones.command('call:keep', nowhere)).rejects.toMatchObject({ code: 'call_not_found' })
  await callAs(bob, 'DELETE', `/api/auth/sessions/${phone.sessionId}`)
  await waitUntil(() => told.length > 0, { timeoutMs: withinMs })
  expect(told.map((each) => each.roomId)).toEqual([roomId])
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
