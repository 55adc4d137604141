import { onTestFinished } from 'vitest'
import type { ClientEventName, ClientEvents } from '../../src/client.ts'
import { createClient, type ClientOptions } from '../../src/create-client.ts'
import { createCookieFetch } from '../../src/http/cookie-fetch.ts'
import { startContractServer, type ContractServer } from './contract-server.ts'

/** Waits short enough for tests, long enough to keep their order. */
const quick = {
  ackMs: 400,
  connectMs: 2_000,
  reconnectMinMs: 5,
  reconnectFirstMs: 20,
  reconnectCapMs: 60,
  holeMs: 10,
  syncGapMs: 5,
  tryLifeMs: 600,
  retryFirstMs: 10,
  retryCapMs: 60,
  cursorGapMs: 40,
  cursorReloadMs: 40,
  typingMs: 100,
}

export async function startServer(): Promise<ContractServer> {
  const server = await startContractServer()
  onTestFinished(server.close)
  return server
}

/** A client of its own device; `signedIn` brings it online first. Everything it tells is in `told`. */
export function openClient(server: ContractServer, options: Partial<ClientOptions> = {}) {
  const client = createClient({
    baseUrl: server.url,
    deviceName: 'Test',
    timing: quick,
    fetch: createCookieFetch(),
    ...options,
  })
  const told: { [N in ClientEventName]?: ClientEvents[N][] } = {}
  for (const name of eventNames) {
    client.on(name, (payload) => {
      Object.assign(told, { [name]: [...(told[name] ?? []), payload] })
    })
  }
  onTestFinished(client.close)
  const seqs = () => (told['room-events'] ?? []).flatMap(({ events }) => events.map((event) => event.seq))
  return { client, told, seqs }
}

const eventNames = [
  'session-changed',
  'connection-changed',
  'room-events',
  'room-reset',
  'room-gone',
  'user-events',
  'user-reset',
  'cursors-loaded',
  'cursors-moved',
  'cursor-rev',
  'outbox-changed',
  'typing-started',
  'presence-changed',
  'storage-failed',
] as const satisfies ClientEventName[]

export async function openSignedIn(server: ContractServer, options: Partial<ClientOptions> = {}) {
  const opened = openClient(server, options)
  await opened.client.session.signIn({ handle: 'ada', password: 'correct horse' })
  await until(() => opened.client.connection.state().state === 'online')
  return opened
}

/** Waits until it is so; fails after 5 s. */
export async function until(isSo: () => boolean): Promise<void> {
  const endMs = Date.now() + 5_000
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error(`did not become true: ${isSo.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}
