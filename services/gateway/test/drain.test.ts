import { get, type IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { connect, signUp } from './support/person.ts'
import { startStack } from './support/stack.ts'

test('stopping tells clients, refuses new ones and ends', async () => {
  const local = await startStack({ settings: { GATEWAY_DRAIN_MS: '300' } })
  const person = await signUp(local.url)
  const connected = await connect(person)
  expect((await fetch(`${local.url}/readyz`)).status).toBe(200)
  const stopping = local.gateway.stop()
  await expect.poll(() => connected.pushed('session:drain')).toEqual([{ afterMs: 10 }])
  expect((await fetch(`${local.url}/readyz`)).status).toBe(503)
  await expect(connect(person)).rejects.toThrow()
  const refused = await upgrade(local.url)
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '1'])
  expect(connected.socket.connected).toBe(true)
  await stopping
  await expect.poll(() => connected.socket.connected).toBe(false)
  await expect(fetch(`${local.url}/livez`)).rejects.toThrow()
  await local.close()
})

test('clients are told to leave in small parts, and stopping ends when the last has left', async () => {
  const local = await startStack({ settings: { GATEWAY_DRAIN_MS: '6000' } })
  const person = await signUp(local.url)
  const connected = await Promise.all(Array.from({ length: 8 }, () => connect(person)))
  const startMs = performance.now()
  const stopping = local.gateway.stop()
  const told = () => connected.filter((one) => one.pushed('session:drain').length > 0)
  await expect.poll(() => told().length, { interval: 5 }).toBe(1)
  await expect.poll(() => told().length, { timeout: 5_000 }).toBe(8)
  expect(performance.now() - startMs).toBeGreaterThan(1_000)
  for (const { socket } of connected) socket.disconnect()
  await stopping
  expect(performance.now() - startMs).toBeLessThan(5_500)
  await local.close()
})

/** What a websocket handshake is answered with. */
function upgrade(url: string): Promise<IncomingMessage> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    origin: url,
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.alloc(16).toString('base64'),
  }
  return new Promise((resolve, reject) => {
    get(`${url}/socket.io/?EIO=4&transport=websocket`, { headers }, resolve).on('error', reject)
  })
}
