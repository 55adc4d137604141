import { ClientError } from '@our-now/client/client-error.ts'
import { errorCodes } from '@our-now/contracts/errors.ts'
import { restRoutes, type RestRoute } from '@our-now/contracts/rest.ts'
import { clientEvents, type CommandName } from '@our-now/contracts/socket.ts'
import { startProduct, type Product } from '@our-now/testkit/start-product.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDoor, unlimited, type Answer, type Door } from './support/door.ts'
import { startListener, type Listener } from './support/listener.ts'
import { requestSchemaOf, validRequest } from './support/valid-request.ts'

/** What no client of ours sends: every operation refuses it with a code, and nothing is written. */

const routes: readonly RestRoute[] = restRoutes
/** The cookie alone speaks there. */
const bodyRoutes = routes.filter(
  ({ method, auth }) => method !== 'GET' && method !== 'DELETE' && auth !== 'cookie',
)
const queryRoutes = routes.filter(({ method }) => method === 'GET' || method === 'DELETE')

let product: Product
let door: Door
let listener: Listener
let otherId: string
let roomId: string

beforeAll(async () => {
  product = await startProduct({ env: unlimited })
  door = await openDoor(product.url, 'ada')
  listener = await startListener(product.url, 'ada', 'signIn')
  otherId = (await openDoor(product.url, 'other')).userId
  const made = await door.call('POST', '/api/rooms', { userIds: [otherId], name: 'ours' })
  roomId = String(Reflect.get(made.body, 'roomId'))
  await door.call('POST', `/api/rooms/${roomId}/messages`, aMessage())
}, 60_000)
afterAll(async () => {
  await listener?.client.close()
  await product?.dispose()
})

const aMessage = (text = 'hello') => ({ clientMessageId: crypto.randomUUID(), text })
const ids = () => ({ roomId, userId: otherId })
const textOf = (answer: Answer): string => String(Reflect.get(answer.body, 'code'))

/** Everything that Ada can see: whatever is written shows somewhere in here. */
const paths = [
  '/api/me',
  '/api/friends',
  '/api/blocks',
  '/api/friend-invite',
  '/api/rooms',
  '/api/auth/sessions',
  '/api/auth/accounts',
  '/api/auth/registration',
]
async function lookAround(): Promise<unknown> {
  const inRoom = ['', '/members', '/messages', '/cursors'].map((rest) => `/api/rooms/${roomId}${rest}`)
  const answers = await Promise.all([...paths, ...inRoom].map((path) => door.call('GET', path)))
  return answers.map(({ body }) => body)
}

/** Asks and expects a refusal of one of these codes; nothing may have changed in the end. */
async function expectRefused(
  attempts: readonly (readonly [string, () => Promise<Answer>])[],
  code: 'invalid_request' | 'too_large' = 'invalid_request',
): Promise<void> {
  const before = await lookAround()
  for (const [name, attempt] of attempts) {
    const answer = await attempt()
    expect([name, answer.status, textOf(answer)]).toEqual([name, errorCodes[code].status, code])
  }
  expect(await lookAround()).toEqual(before)
}

const wrongValues: readonly unknown[] = [{ a: 1 }, { $gt: '' }, [], [1], ['x', 'y'], null, 1e300, -1]
/** What belongs to the server, or to somebody else. */
const massAssigned: Readonly<Record<string, unknown>> = {
  role: 'owner',
  authorId: crypto.randomUUID(),
  userId: crypto.randomUUID(),
  sessionId: crypto.randomUUID(),
  seq: 1,
  ordinal: 1,
  sentAt: 1,
  createdAt: 1,
  isOperator: true,
  op: true,
  kind: 'self',
  memberCount: 1_000,
  joinedSeq: 0,
  __proto__x: {},
  constructor: { prototype: {} },
}

describe.each(bodyRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s',
  (_, route) => {
    const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name))
    const properties = requestSchemaOf(route).properties ?? {}
    const fields = Object.keys(properties).filter((name) => !inPath.has(name))
    const send = (changes: Readonly<Record<string, unknown>>) => () =>
      door.send(route, { ...validRequest(route, ids()), ...changes })

    test('refuses fields that it does not know, and what belongs to the server', async () => {
      const foreign = Object.entries(massAssigned).filter(([name]) => !Object.hasOwn(properties, name))
      const unknown = [['surprise', 1] as const, ...foreign]
      await expectRefused(unknown.map(([name, value]) => [name, send({ [name]: value })] as const))
    })

    test('refuses values of another type', async () => {
      const attempts = fields.flatMap((name) =>
        wrongValues.map((value) => [`${name}: ${JSON.stringify(value)}`, send({ [name]: value })] as const),
      )
      await expectRefused(attempts)
    })

    test('refuses a body that is no object, no JSON or too large', async () => {
      const path = route.path
        .replace(':roomId', roomId)
        .replace(':userId', otherId)
        .replace(':code', 'A'.repeat(22))
      const raw = (body: string) => async (): Promise<Answer> => {
        const headers = {
          'content-type': 'application/json',
          origin: product.url,
          authorization: `Bearer ${door.accessToken}`,
        }
        const response = await fetch(product.url + path, { method: route.method, headers, body })
        /** True because every answer of the REST door is a JSON object. */
        return { status: response.status, body: (await response.json()) as object }
      }
      const bodies = ['[]', '[{}]', '"text"', '1', 'null', '{', '{"a":1}}', '\u0000', '{"a":1,}']
      // An operation without fields of its own takes no body at all; `null` is then an empty one.
      const attempts = bodies.map((body) => [body, raw(body)] as const)
      await expectRefused(attempts.filter(([body]) => body !== 'null' || fields.length > 0))
      // What takes pictures takes 70 KB of them (services/gateway/test/pictures.test.ts has its bound).
      if (route.pictures === undefined)
        await expectRefused([['70 KB', raw(JSON.stringify({ text: 'x'.repeat(70_000) }))]], 'too_large')
    })
  },
)

test('addresses with fields that are not known, doubled or of another type are refused', async () => {
  const attempts = queryRoutes.flatMap((route) => {
    const path = route.path
      .replace(':roomId', roomId)
      .replace(':userId', otherId)
      .replace(':sessionId', crypto.randomUUID())
      .replace(':code', 'A'.repeat(22))
      .replace(':seq', '1')
    const query = route.operation === 'findUser' ? 'handle=other&' : ''
    const limited = Object.hasOwn(requestSchemaOf(route).properties ?? {}, 'limit')
    const queries = ['surprise=1', '__proto__=1', 'userId[]=1', 'role=owner', ...(limited ? badLimits : [])]
    return queries.map((bad): readonly [string, () => Promise<Answer>] => [
      `${route.method} ${route.path}?${bad}`,
      () => door.call(route.method, `${path}?${query}${bad}`),
    ])
  })
  await expectRefused(attempts)
})
const badLimits = ['limit=0', 'limit=-1', 'limit=1e3', 'limit=99999', 'limit=x', 'limit=1&limit=2', 'limit=']

describe.each(Object.keys(clientEvents))('command %s', (name) => {
  const valid = (): Record<string, unknown> => {
    const { required = [] } = clientEvents[name as CommandName].request as { required?: readonly string[] }
    const values: Record<string, unknown> = {
      ...aMessage(),
      roomId,
      seq: 1,
      have: 0,
      rooms: [{ roomId, have: 0 }],
      isVisible: true,
      userIds: [],
      roomIds: [roomId],
      accessToken: door.accessToken,
    }
    return Object.fromEntries(required.map((field) => [field, values[field]]))
  }
  const command = (request: unknown) => async (): Promise<Answer> => {
    try {
      /** True as far as TypeScript can help here: the request is meant to be wrong. */
      return { status: 200, body: await listener.client.command(name as CommandName, request as never) }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      return { status: errorCodes[error.code].status, body: { code: error.code } }
    }
  }

  test('refuses unknown fields, other types, and requests that are no objects', async () => {
    const fields = Object.keys(valid())
    await expectRefused([
      ...Object.entries({ surprise: 1, ...massAssigned })
        .filter(([field]) => !fields.includes(field))
        .map(([field, value]) => [field, command({ ...valid(), [field]: value })] as const),
      ...fields.flatMap((field) =>
        wrongValues
          .filter((value) => !(name === 'presence:watch' && Array.isArray(value) && value.length === 0))
          .map(
            (value) =>
              [`${field}: ${JSON.stringify(value)}`, command({ ...valid(), [field]: value })] as const,
          ),
      ),
      ...[[], 'text', 1, [valid()]].map((request) => [JSON.stringify(request), command(request)] as const),
    ])
  })
})

describe('a message id that is used again', () => {
  test.each(['REST', 'socket'])(
    'over %s: the same text is answered the same, another is a conflict',
    async (way) => {
      const send = async (message: object): Promise<object> => {
        if (way === 'REST') return (await door.call('POST', `/api/rooms/${roomId}/messages`, message)).body
        return listener.client
          .command('message:send', { roomId, ...message } as never)
          .catch((error: ClientError) => ({ code: error.code }))
      }
      const message = aMessage('once')
      const first = await send(message)
      expect(first).toMatchObject({ repeated: false })
      expect(await send(message)).toEqual({ ...first, repeated: true })
      const before = await lookAround()
      expect(await send({ ...message, text: 'another' })).toMatchObject({ code: 'conflict' })
      expect(await lookAround()).toEqual(before)
    },
  )

  test('is an id of one person in one room only', async () => {
    const other = await openDoor(product.url, 'third')
    const made = await other.call('POST', '/api/rooms', { userIds: [door.userId] })
    const theirs = String(Reflect.get(made.body, 'roomId'))
    const message = aMessage('mine')
    for (const [person, room] of [
      [door, roomId],
      [door, theirs],
      [other, theirs],
    ] as const) {
      const { status, body } = await person.call('POST', `/api/rooms/${room}/messages`, message)
      expect([status, Reflect.get(body, 'repeated')]).toEqual([200, false])
    }
  })
})

test('the process lives', async () => {
  expect((await fetch(`${product.url}/livez`)).status).toBe(200)
})
