import type { Socket as Client } from 'socket.io-client'
import type { Duplex } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import type { Socket } from 'socket.io'
import { createLogger } from '../logging/logger.ts'
import { createMemorySocketHub } from './memory-socket-hub.ts'
import { countWaitingBytes } from './socket-internals.ts'
import { openTestGateway, type TestGateway } from './test-gateway.ts'

let gateway: TestGateway
afterEach(() => gateway.close())

/** Stops reading at the client's end, as a frozen page does; the stream under the stock client's websocket. */
function streamOf(client: Client): Duplex {
  /** True for the stock client in Node, whose websocket is of ws. */
  const { ws } = client.io.engine.transport as unknown as { ws: { _socket: Duplex } }
  return ws._socket
}

const open = (options: Parameters<typeof openTestGateway>[1]): Promise<TestGateway> =>
  openTestGateway(createMemorySocketHub({ log: createLogger('silent') }), options)

/** Fills the kernel's buffers, so that what follows waits in the process. */
async function pushUntilWaiting(socket: Socket): Promise<void> {
  const filler = 'x'.repeat(64 * 1024)
  while (countWaitingBytes(socket) === 0) {
    gateway.io.to('room:a').emit('filler', filler)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test.each([true, false])(
  'a stuck socket waits within its bound, then is told when it has caught up (coalesced: %s)',
  async (isCoalesced) => {
    const caughtUp: string[] = []
    gateway = await open({ isCoalesced, onCaughtUp: ({ id }) => caughtUp.push(id) })
    const { client, socket } = await gateway.join(['room:a'])
    const { client: healthy } = await gateway.join(['room:a'])
    let received = 0
    let ofHealthy = 0
    client.on('n', () => received++)
    healthy.on('n', () => ofHealthy++)
    streamOf(client).pause()
    await pushUntilWaiting(socket)
    expect(gateway.attachment.isLagging(socket)).toBe(false)
    const text = 'y'.repeat(1024)
    for (let n = 0; n < 2_000; n++) {
      gateway.io.to('room:a').emit('n', text)
      if (n % 8 === 7) await new Promise((resolve) => setImmediate(resolve))
    }
    expect(gateway.attachment.isLagging(socket)).toBe(true)
    expect(countWaitingBytes(socket)).toBeLessThanOrEqual(1024 * 1024)
    await expect.poll(() => ofHealthy).toBe(2_000)
    expect(caughtUp).toEqual([])

    streamOf(client).resume()
    await expect.poll(() => caughtUp).toEqual([socket.id])
    expect(received).toBeGreaterThan(0)
    expect(received).toBeLessThanOrEqual(256)
    expect(gateway.attachment.isLagging(socket)).toBe(false)
    const before = received
    gateway.io.to('room:a').emit('n', text)
    await expect.poll(() => received).toBe(before + 1)
  },
)

test('a socket that stays stuck is cut, the others go on', async () => {
  const cut: string[] = []
  gateway = await open({ maxLagMs: 300, onTooSlow: ({ id }) => cut.push(id) })
  const { client, socket } = await gateway.join(['room:a'])
  const { client: healthy, socket: healthySocket } = await gateway.join(['room:a'])
  let last = -1
  healthy.on('n', (n: number) => (last = n))
  streamOf(client).pause()
  await pushUntilWaiting(socket)
  for (let n = 0; n < 400; n++) {
    gateway.io.to('room:a').emit('n', n)
    if (n % 8 === 7) await new Promise((resolve) => setImmediate(resolve))
  }
  await expect.poll(() => cut, { timeout: 5_000 }).toEqual([socket.id])
  await expect.poll(() => socket.connected).toBe(false)
  expect(healthySocket.connected).toBe(true)
  await expect.poll(() => last).toBe(399)
})
