import { openSocket, type ReadySocket } from '@our-now/client/connection/open-socket.ts'
import { findFreePort } from '@our-now/testkit/infra/free-port.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { startProduct, type Product } from '@our-now/testkit/start-product.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, openDoor, unlimited, type Door } from './support/door.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: calls of the product: no media worker on this machine')

/** How often somebody is taken out; the goal is one second each time. */
const removals = 10

describe.skipIf(workerBin === undefined)('calls of the whole product in one process', () => {
  const env = {
    ...unlimited,
    MEDIA_WORKER_BIN: workerBin ?? '',
    // A look once a minute: only what is said at once counts here.
    MEDIA_CHECK_INTERVAL_MS: '60000',
    MEDIA_REJOIN_MS: '1500',
  }
  let dataDir: string
  let product: Product
  let port: number
  beforeAll(async () => {
    dataDir = await mkdtemp(joinPath(tmpdir(), 'our-now-calls-'))
    port = await findFreePort()
    product = await startProduct({ dataDir, port, env })
  }, 60_000)
  afterAll(async () => {
    await product.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  })

  interface Device {
    readonly door: Door
    readonly socket: ReadySocket
    /** When it was told that it is out of a call, by the test's clock. */
    readonly outAtMs: number[]
  }
  const open = async (door: Door): Promise<Device> => {
    const outAtMs: number[] = []
    const socket = await openSocket({
      baseUrl: product.url,
      accessToken: door.accessToken,
      connectMs: 5_000,
      ackMs: 5_000,
      headers: { origin: product.url },
      onPush: (name, payload) => {
        const kind: unknown = Reflect.get(Object(Reflect.get(Object(payload), 'change')), 'kind')
        if (name === 'call:event' && kind === 'out') outAtMs.push(performance.now())
      },
      onClosed: () => undefined,
    })
    return { door, socket, outAtMs }
  }
  const field = (body: object, name: string): string => String(Reflect.get(body, name))
  const kindsOf = async (door: Door, roomId: string): Promise<string[]> => {
    const { body } = await ask(product.url, 'GET', `/api/rooms/${roomId}/messages`, door.accessToken)
    /** True because this is the reply of listMessages. */
    const { notices } = body as { notices: { kind: string }[] }
    return notices.map(({ kind }) => kind).filter((kind) => kind.startsWith('call-'))
  }

  test('who is taken out of a room is out of its call within a second, each time', async () => {
    const [host, guest] = [await openDoor(product.url, 'hanna'), await openDoor(product.url, 'gustav')]
    const [hosts, guests] = [await open(host), await open(guest)]
    const tookMs: number[] = []
    for (let round = 0; round < removals; round += 1) {
      const made = await host.call('POST', '/api/rooms', { userIds: [guest.userId], name: 'ours' })
      const roomId = field(made.body, 'roomId')
      for (const { socket } of [hosts, guests]) await socket.command('call:join', { roomId, isVideo: false })
      const askedAtMs = performance.now()
      await host.call('DELETE', `/api/rooms/${roomId}/members/${guest.userId}`)
      await waitUntil(() => guests.outAtMs.length > round, { timeoutMs: 2_000 })
      tookMs.push(Math.round((guests.outAtMs[round] ?? Infinity) - askedAtMs))
      await hosts.socket.command('call:leave', { roomId })
    }
    for (const { socket } of [hosts, guests]) socket.close()
    console.log(`out of the call after ${tookMs.toSorted((one, other) => one - other).join(', ')} ms`)
    expect(Math.max(...tookMs)).toBeLessThan(1_000)
  })

  test('a call cut by kill -9 ends with its line when nobody comes back, and goes on when somebody does', async () => {
    const [ada, ben] = [await openDoor(product.url, 'ada'), await openDoor(product.url, 'ben')]
    const makeRoom = async (): Promise<string> => {
      const made = await ada.call('POST', '/api/rooms', { userIds: [ben.userId], name: 'ours' })
      return field(made.body, 'roomId')
    }
    const [goesOn, isOver] = [await makeRoom(), await makeRoom()]
    const join = async ({ socket }: Device): Promise<string> =>
      field(Object(await socket.command('call:join', { roomId: goesOn, isVideo: true })), 'callId')
    // A device is in one call.
    const [before, beside] = [await open(ada), await open(ada)]
    const callId = await join(before)
    await beside.socket.command('call:join', { roomId: isOver, isVideo: true })
    for (const roomId of [goesOn, isOver])
      await waitUntil(async () => (await kindsOf(ada, roomId)).length === 1)
    for (const { socket } of [before, beside]) socket.close()
    await product.kill()
    const restartedAtMs = performance.now()
    product = await startProduct({ dataDir, port, env: { ...env, MEDIA_REJOIN_MS: '10000' } })
    const after = await open(ada)
    expect(await join(after)).toBe(callId)
    await waitUntil(async () => (await kindsOf(ada, isOver)).length === 2, { timeoutMs: 30_000 })
    console.log(`ended ${Math.round(performance.now() - restartedAtMs)} ms after the restart began`)
    expect(await kindsOf(ada, isOver)).toEqual(['call-started', 'call-ended'])
    expect(await kindsOf(ada, goesOn)).toEqual(['call-started'])
    await after.socket.command('call:leave', { roomId: goesOn })
    await waitUntil(async () => (await kindsOf(ada, goesOn)).length === 2)
    after.socket.close()
  }, 60_000)
})
