import { errorCodes, type ErrorCode } from '@our-now/contracts/errors.ts'
import { restRoutes, type RestRoute } from '@our-now/contracts/rest.ts'
import { clientEvents, type CommandName } from '@our-now/contracts/socket.ts'
import { openSocket, type ReadySocket } from '@our-now/client/connection/open-socket.ts'
import { ClientError } from '@our-now/client/client-error.ts'
import { startProduct, type Product } from '@our-now/testkit/start-product.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeBadTokens, type BadToken } from './support/access-tokens.ts'
import { ask, openDoor, unlimited, type Answer, type Door } from './support/door.ts'
import { roomPolicy, type PolicyRow, type Scene } from './support/room-policy.ts'
import { validRequest } from './support/valid-request.ts'

/** Actors × operations × ids, generated from the contracts: who may do what, and what the others learn (nothing). */

const routes: readonly RestRoute[] = restRoutes
const accessRoutes = routes.filter(({ auth }) => auth === 'access')

type Role = 'stranger' | 'removed' | 'member' | 'owner'
const roles: readonly Role[] = ['stranger', 'removed', 'member', 'owner']
interface Actor {
  readonly door: Door
  readonly socket: ReadySocket
}

let product: Product
let actors: Readonly<Record<Role, Actor>>
let extra: Door
let badTokens: Readonly<Record<string, BadToken>>
/** Rooms that none of the actors is in. */
let foreignRooms: Readonly<Record<string, string>>
let cells = 0

/** An ended session is refused after this at the latest, in ms (C9). */
const revokeMs = 15_000

beforeAll(async () => {
  product = await startProduct({ env: unlimited })
  const operator = await openDoor(product.url, 'first')
  badTokens = await makeBadTokens(product.dataDir, operator.accessToken)
  const become = async (role: Role): Promise<Actor> => {
    const door = await openDoor(product.url, `the-${role}`)
    return { door, socket: await connect(door.accessToken) }
  }
  actors = {
    stranger: await become('stranger'),
    removed: await become('removed'),
    member: await become('member'),
    owner: await become('owner'),
  }
  extra = await openDoor(product.url, 'extra')
  const [zoe, yan] = [await openDoor(product.url, 'zoe'), await openDoor(product.url, 'yan')]
  const group = await zoe.call('POST', '/api/rooms', { userIds: [yan.userId], name: 'theirs' })
  const direct = await zoe.call('PUT', `/api/direct-rooms/${yan.userId}`)
  const notes = (
    field(await zoe.call('GET', '/api/rooms'), 'rooms') as { kind: string; roomId: string }[]
  ).find(({ kind }) => kind === 'self')
  foreignRooms = {
    'a group of others': String(field(group, 'roomId')),
    'a 1:1 of others': String(field(direct, 'roomId')),
    "somebody else's notes": notes?.roomId ?? '',
  }
}, 60_000)
afterAll(async () => {
  for (const { socket } of Object.values(actors ?? {})) socket.close()
  await product?.dispose()
})

const field = ({ body }: Answer, name: string): unknown => Reflect.get(body, name)
const connect = (accessToken: string): Promise<ReadySocket> =>
  openSocket({
    baseUrl: product.url,
    accessToken,
    connectMs: 5_000,
    ackMs: 5_000,
    headers: { origin: product.url },
    onPush: () => undefined,
    onClosed: () => undefined,
  })

const malformedIds: Readonly<Record<string, string>> = {
  'no uuid': 'x',
  'capital letters': crypto.randomUUID().toUpperCase(),
  'a nil uuid': '00000000-0000-0000-0000-000000000000',
  'a path': '../../etc/passwd',
  SQL: "' or 1=1 --",
  'a long one': 'a'.repeat(120),
}
/** Longer than any part of an address of ours: the router knows no such thing, whoever asks. */
const beyondRouting = 'a'.repeat(300)

/** A fresh group: the owner, the member, one more, and somebody who was in it. */
async function makeScene(): Promise<Scene & { readonly roomId: string }> {
  const { owner, member, removed, stranger } = actors
  const userIds = [member.door.userId, removed.door.userId, extra.userId]
  const made = await owner.door.call('POST', '/api/rooms', { userIds, name: 'ours' })
  const roomId = String(field(made, 'roomId'))
  await owner.door.call('DELETE', `/api/rooms/${roomId}/members/${removed.door.userId}`)
  const message = { clientMessageId: crypto.randomUUID(), text: 'hello' }
  const sent = await owner.door.call('POST', `/api/rooms/${roomId}/messages`, message)
  return {
    roomId,
    otherMemberId: extra.userId,
    strangerId: stranger.door.userId,
    ownersSeq: Number(field(sent, 'seq')),
  }
}

/** What the room is to its owner. */
async function look(roomId: string): Promise<unknown> {
  const paths = ['', '/members', '/messages', '/cursors'].map((rest) => `/api/rooms/${roomId}${rest}`)
  return Promise.all(paths.map((path) => actors.owner.door.call('GET', path)))
}

type Act = (actor: Actor, roomId: string, request: Readonly<Record<string, unknown>>) => Promise<Answer>

function actOf(operation: string): Act {
  const route = routes.find((known) => known.operation === operation)
  if (route !== undefined)
    return ({ door }, roomId, request) =>
      door.send(route, { ...validRequest(route, { roomId, userId: '' }), ...request, roomId })
  return async ({ socket }, roomId, request) => {
    const forMany: Readonly<Record<string, object>> = {
      'room:sync': { rooms: [{ roomId, have: 0 }] },
      'call:list': { roomIds: [roomId] },
    }
    const whole = forMany[operation] ?? { roomId, ...request }
    try {
      /** True because the policy's other operations are the commands. */
      const value = await socket.command(operation as CommandName, whole)
      return { status: 200, body: { value: JSON.parse(JSON.stringify(value).replaceAll(roomId, '(id)')) } }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      const { code, message, field: pointer } = error
      return { status: errorCodes[code].status, body: { code, message, field: pointer } }
    }
  }
}

function expectOutcome(cell: string, answer: Answer, outcome: 'ok' | ErrorCode): void {
  cells += 1
  const got = answer.status === 200 ? 'ok' : field(answer, 'code')
  expect([cell, got]).toEqual([cell, outcome])
  if (outcome !== 'ok') expect(answer.status).toBe(errorCodes[outcome].status)
}

describe('who is nobody gets nowhere', () => {
  const someId = crypto.randomUUID()

  test.each(accessRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s',
    async (_, route) => {
      const ids = /:\w+/.test(route.path)
        ? [Object.values(foreignRooms)[0] ?? '', someId, ...Object.values(malformedIds), beyondRouting]
        : [someId]
      for (const [name, { token, code }] of Object.entries(badTokens))
        for (const id of ids) {
          const path = route.path.replaceAll(/:\w+/g, encodeURIComponent(id))
          const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {}
          const answer = await ask(product.url, route.method, path, token, body)
          expectOutcome(`${name}, ${id}`, answer, id === beyondRouting ? 'not_found' : code)
        }
    },
  )

  test('at the socket', async () => {
    for (const [name, { token = '', code }] of Object.entries(badTokens)) {
      const refusal = await connect(token).then(
        (socket) => (socket.close(), 'ok'),
        (error: ClientError) => error.code,
      )
      cells += 1
      expect([name, refusal]).toEqual([name, token === '' ? 'invalid_request' : code])
    }
  })
})

const rows = Object.entries(roomPolicy).flatMap(([operation, of]) =>
  of.map((row): [string, string, PolicyRow] => [
    row.what === undefined ? operation : `${operation}, ${row.what}`,
    operation,
    row,
  ]),
)

/** Commands that are not about a room. */
const personalCommands: readonly string[] = [
  'auth:refresh',
  'user:sync',
  'presence:set-visible',
  'presence:watch',
  // About a link, which tells nothing of the room.
  'lobby:wait',
  'lobby:leave',
  'call:probe',
]

describe('in a room', () => {
  test('every operation of the contracts has its row', () => {
    const operations = routes
      .filter(({ path }) => path.startsWith('/api/rooms/:roomId'))
      .map(({ operation }) => operation)
    const commands = Object.keys(clientEvents).filter((name) => !personalCommands.includes(name))
    expect(Object.keys(roomPolicy).toSorted()).toEqual([...operations, ...commands].toSorted())
  })

  test.each(rows)('%s', async (_, operation, row) => {
    const act = actOf(operation)
    const scene = await makeScene()
    const request = row.request?.(scene) ?? {}
    const outsider = row.outsider ?? 'room_not_found'
    const before = await look(scene.roomId)
    for (const role of roles) {
      const absent = await act(actors[role], crypto.randomUUID(), request)
      expectOutcome(`${role}, random`, absent, outsider)
      for (const [name, roomId] of Object.entries(foreignRooms)) {
        const foreign = await act(actors[role], roomId, request)
        expectOutcome(`${role}, ${name}`, foreign, outsider)
        expect(foreign).toEqual(absent)
      }
      for (const [name, roomId] of Object.entries(malformedIds))
        expectOutcome(`${role}, ${name}`, await act(actors[role], roomId, request), 'invalid_request')
      const ours = await act(actors[role], scene.roomId, request)
      if (role === 'stranger' || role === 'removed') {
        expectOutcome(`${role}, our room`, ours, outsider)
        expect(ours).toEqual(absent)
      } else expectOutcome(`${role}, our room`, ours, row[role])
      if (role === 'removed' || (role === 'member' && row.member !== 'ok'))
        expect(await look(scene.roomId)).toEqual(before)
    }
  })
})

describe('among people', () => {
  /** Operations on one person, by who that is: first those that change nothing. */
  const policy = {
    updateFriend: { known: 'user_not_found', absent: 'user_not_found', self: 'user_not_found' },
    getUser: { known: 'ok', absent: 'user_not_found', self: 'ok' },
    addFriend: { known: 'ok', absent: 'user_not_found', self: 'cannot_target_self' },
    removeFriend: { known: 'ok', absent: 'ok', self: 'ok' },
    blockUser: { known: 'ok', absent: 'user_not_found', self: 'cannot_target_self' },
    unblockUser: { known: 'ok', absent: 'ok', self: 'ok' },
    openDirectRoom: { known: 'ok', absent: 'user_not_found', self: 'cannot_target_self' },
  } as const satisfies Partial<
    Record<(typeof restRoutes)[number]['operation'], Record<string, 'ok' | ErrorCode>>
  >

  test.each(Object.entries(policy))('%s', async (operation, { known, absent, self }) => {
    const route = routes.find((one) => one.operation === operation)
    if (route === undefined) throw new Error(`no route for ${operation}`)
    const { door } = actors.stranger
    const about = (userId: string) => door.send(route, validRequest(route, { roomId: '', userId }))
    const absentAnswer = await about(crypto.randomUUID())
    expectOutcome('random', absentAnswer, absent)
    for (const [name, id] of Object.entries(malformedIds))
      expectOutcome(name, await about(id), 'invalid_request')
    expectOutcome('self', await about(door.userId), self)
    const knownAnswer = await about(extra.userId)
    expectOutcome('a person', knownAnswer, known)
    if (known !== 'ok') expect(knownAnswer).toEqual(absentAnswer)
  })

  test("a session of somebody else is answered like none, and one's own ends", async () => {
    const { door } = actors.stranger
    const foreign = field(await extra.call('GET', '/api/auth/sessions'), 'sessions') as {
      sessionId: string
    }[]
    const end = (id: string) => door.call('DELETE', `/api/auth/sessions/${encodeURIComponent(id)}`)
    const absent = await end(crypto.randomUUID())
    expectOutcome('random', absent, 'not_found')
    for (const { sessionId } of foreign) expect(await end(sessionId)).toEqual(absent)
    for (const [name, id] of Object.entries(malformedIds))
      expectOutcome(name, await end(id), 'invalid_request')
    expectOutcome('still there', await extra.call('GET', '/api/me'), 'ok')
    const signIn = { handle: 'the-stranger', password: 'correct horse battery', deviceName: 'second' }
    const second = await ask(product.url, 'POST', '/api/auth/sign-in', undefined, signIn)
    expectOutcome('own', await end(String(field(second, 'sessionId'))), 'ok')
    const token = String(field(second, 'accessToken'))
    // Without a socket that hears of it at once, gateways learn it from the list they ask for.
    const me = () => ask(product.url, 'GET', '/api/me', token)
    await waitUntil(async () => (await me()).status !== 200, { timeoutMs: revokeMs })
    expectOutcome('ended', await me(), 'session_ended')
  })

  test.each([
    'setRegistration',
    'createRegistrationInvite',
    'listAccounts',
    'createPasswordReset',
    'resetSecondFactor',
  ])('%s is for the operator alone', async (operation) => {
    const route = routes.find((one) => one.operation === operation)
    if (route === undefined) throw new Error(`no route for ${operation}`)
    for (const role of roles) {
      const request = validRequest(route, { roomId: '', userId: '' })
      expectOutcome(role, await actors[role].door.send(route, request), 'forbidden')
    }
  })
})

test('the matrix has at least 800 cells', () => {
  expect(cells).toBeGreaterThanOrEqual(800)
})
