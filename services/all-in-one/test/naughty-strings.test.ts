import { errorCodes } from '@our-now/contracts/errors.ts'
import { restRoutes, type RestRoute } from '@our-now/contracts/rest.ts'
import { naughtyStrings } from '@our-now/testkit/naughty-strings.ts'
import { startProduct, type Product } from '@our-now/testkit/start-product.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDoor, unlimited, type Door } from './support/door.ts'
import { requestSchemaOf, validRequest } from './support/valid-request.ts'

/** Operations that would end the very session or account that the test asks with. */
const leftOut = new Set([
  'signOut',
  'refresh',
  'changePassword',
  'setRegistration',
  'endSession',
  'leaveRoom',
])

interface TextField {
  readonly route: RestRoute
  readonly field: string
}

/** Every text field of every REST route, found in the contracts, so that a new one is tested without a word. */
const textFields: readonly TextField[] = restRoutes
  .filter((route) => !leftOut.has(route.operation))
  .flatMap((route) => {
    const names = Object.entries(requestSchemaOf(route).properties ?? {}).filter(
      ([, property]) => property.type === 'string',
    )
    return names.map(([field]) => ({ route, field }))
  })

let product: Product
let door: Door
let roomId: string
let otherId: string

beforeAll(async () => {
  product = await startProduct({ env: unlimited })
  const other = await openDoor(product.url, 'other')
  otherId = other.userId
  door = await openDoor(product.url, 'ada')
  const room = await door.call('POST', '/api/rooms', { userIds: [otherId], name: 'naughty' })
  roomId = String(Reflect.get(room.body, 'roomId'))
})
afterAll(() => product.dispose())

/** Tries every string, some at a time. */
async function withEach(attempt: (text: string) => Promise<void>): Promise<void> {
  const queue = [...naughtyStrings]
  const worker = async (): Promise<void> => {
    for (let text = queue.pop(); text !== undefined; text = queue.pop()) await attempt(text)
  }
  await Promise.all([worker(), worker(), worker(), worker()])
}

describe('515 naughty strings and more', () => {
  test('there are that many, and fields to put them in', () => {
    expect(naughtyStrings.length).toBeGreaterThanOrEqual(515)
    expect(textFields.length).toBeGreaterThan(25)
  })

  test.each(textFields.map(({ route, field }) => [`${route.method} ${route.path}`, field, route] as const))(
    '%s: %s answers each with success or a code',
    async (_, field, route) => {
      const uncoded: string[] = []
      await withEach(async (text) => {
        const { status, body } = await door.send(route, {
          ...validRequest(route, { roomId, userId: otherId }),
          [field]: text,
        })
        const code = String(Reflect.get(body, 'code'))
        const isCoded = status < 500 && Object.hasOwn(errorCodes, code)
        if (status !== 200 && !isCoded) uncoded.push(`${status} ${code} for ${JSON.stringify(text)}`)
      })
      expect(uncoded).toEqual([])
    },
    60_000,
  )

  test('what is accepted as a message is kept letter by letter', async () => {
    const sent = new Map<string, string>()
    await withEach(async (text) => {
      const clientMessageId = crypto.randomUUID()
      const { status } = await door.call('POST', `/api/rooms/${roomId}/messages`, { clientMessageId, text })
      // Composed, and with one kind of line end: what else looks the same is not changed.
      if (status === 200) sent.set(clientMessageId, text.normalize('NFC').replaceAll(/\r\n?/g, '\n'))
    })
    expect(sent.size).toBeGreaterThan(400)
    const kept = new Map<string, string>()
    for (let before: number | undefined; ;) {
      const query = before === undefined ? 'limit=200' : `limit=200&before=${before}`
      const { body } = await door.call('GET', `/api/rooms/${roomId}/messages?${query}`)
      /** True because this is listMessages' reply. */
      const page = body as unknown as {
        messages: { clientMessageId: string; text: string; seq: number }[]
        hasBefore: boolean
      }
      for (const { clientMessageId, text } of page.messages) kept.set(clientMessageId, text)
      if (!page.hasBefore) break
      before = page.messages[0]?.seq
    }
    for (const [id, text] of sent) expect(kept.get(id)).toBe(text)
  })

  test('the process lives', async () => {
    expect((await fetch(`${product.url}/livez`)).status).toBe(200)
  })
})
