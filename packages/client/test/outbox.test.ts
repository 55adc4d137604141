import { expect, test } from 'vitest'
import { createMemoryStorage } from '../src/storage/memory-storage.ts'
import { createBrowserTabs } from '../src/tabs/tabs.ts'
import { openClient, openSignedIn, startServer, until } from './support/start-client.ts'
import { roomId } from './support/contract-server.ts'

const other = roomId.replace(/0$/, '1')

test('messages of one room arrive in writing order, one in flight', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  let inFlight = 0
  let most = 0
  server.handlers['message:send'] = async (request) => {
    most = Math.max(most, (inFlight += 1))
    await new Promise((resolve) => setTimeout(resolve, 3))
    inFlight -= 1
    return server.store(request, { isPushed: false })
  }
  await Promise.all(['a', 'b', 'c', 'd'].map((text) => client.outbox.send(roomId, text)))
  await until(() => server.texts().length === 4)
  expect(server.texts()).toEqual(['a', 'b', 'c', 'd'])
  expect(most).toBe(1)
})

test('a room that gets no answer holds up no other room', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  const arrived: string[] = []
  server.handlers['message:send'] = async (request) => {
    arrived.push(request.text)
    if (request.roomId === roomId) await new Promise((resolve) => setTimeout(resolve, 300))
    return server.store(request, { isPushed: false })
  }
  await client.outbox.send(roomId, 'slow')
  await until(() => arrived.length === 1)
  await client.outbox.send(other, 'quick')
  await client.outbox.send(other, 'quick too')
  await until(() => arrived.length === 3)
  expect(server.texts()).not.toContain('slow')
  await until(() => server.texts().includes('slow'))
})

test('a message without an acknowledgement is sent again under the same id and written once', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  let tries = 0
  server.handlers['message:send'] = (request) => {
    const stored = server.store(request, { isPushed: false })
    return (tries += 1) < 3 ? 'silence' : stored
  }
  await client.outbox.send(roomId, 'once')
  await until(() => tries === 3)
  expect(server.texts()).toEqual(['once'])
  await until(() => client.outbox.entries().every((entry) => entry.state === 'sent'))
})

test('a connection cut between writing and acknowledging does not double the message', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  let isFirst = true
  server.handlers['message:send'] = (request) => {
    const stored = server.store(request, { isPushed: true })
    if (!isFirst) return stored
    isFirst = false
    return 'cut'
  }
  client.rooms.follow([{ roomId, have: 0 }])
  await client.outbox.send(roomId, 'first')
  await client.outbox.send(roomId, 'second')
  await until(() => client.outbox.entries().length === 0)
  expect(server.texts()).toEqual(['first', 'second'])
})

test('a busy server is asked again after the time that it names', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  const at: number[] = []
  server.handlers['message:send'] = (request) => {
    at.push(performance.now())
    return at.length === 1 ? server.failure('overloaded', 150) : server.store(request, { isPushed: false })
  }
  await client.outbox.send(roomId, 'later')
  await until(() => at.length === 2)
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(149)
})

test('a refusal after a try without an answer is believed once that try can no longer be carried out', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  const tried: string[] = []
  server.handlers['message:send'] = (request) => {
    tried.push(request.text)
    if (tried.length === 1) return 'silence'
    // The person was out of the room for a moment; the first try waits in a gateway that stands still.
    if (tried.length === 2) {
      setTimeout(() => server.store(request, { isPushed: false }), 200)
      return server.failure('room_not_found')
    }
    return server.store(request, { isPushed: false })
  }
  await client.outbox.send(roomId, 'first')
  await client.outbox.send(roomId, 'second')
  await until(() => server.texts().length === 2)
  expect(server.texts()).toEqual(['first', 'second'])
  expect(tried).toEqual(['first', 'first', 'first', 'second'])
  await until(() => client.outbox.entries().every(({ state }) => state === 'sent'))
})

test('so is one that a page gets whose last try went away with the page before it', async () => {
  const server = await startServer()
  const storage = createMemoryStorage()
  const first = await openSignedIn(server, { storage })
  let tries = 0
  server.handlers['message:send'] = (request) => {
    tries += 1
    if (tries === 1) return 'silence'
    if (tries > 2) return server.store(request, { isPushed: false })
    setTimeout(() => server.store(request, { isPushed: false }), 200)
    return server.failure('room_not_found')
  }
  await first.client.outbox.send(roomId, 'on its way')
  await until(() => tries === 1)
  await first.client.close()

  const second = openClient(server, { storage })
  await second.client.session.restore()
  await until(() => tries === 3)
  await until(() => second.client.outbox.entries().every(({ state }) => state === 'sent'))
  const shown = second.told['outbox-changed']?.flatMap(({ entries }) => entries.map(({ state }) => state))
  expect(shown).not.toContain('failed')
  expect(server.texts()).toEqual(['on its way'])
})

test('a message that is refused to the end fails, also after a try without an answer', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  let tries = 0
  server.handlers['message:send'] = () => ((tries += 1) === 1 ? 'silence' : server.failure('room_not_found'))
  await client.outbox.send(roomId, 'lost')
  await until(() => client.outbox.entries()[0]?.state === 'failed')
  expect(client.outbox.entries()[0]).toMatchObject({ failure: 'room_not_found' })
})

test('a refused message waits for the person while later ones go on', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  server.handlers['message:send'] = (request) =>
    request.text === 'bad' ? server.failure('message_too_long') : server.store(request, { isPushed: false })
  const bad = await client.outbox.send(roomId, 'bad')
  await client.outbox.send(roomId, 'good')
  await until(() => server.texts().includes('good'))
  expect(client.outbox.entries()[0]).toMatchObject({ state: 'failed', failure: 'message_too_long' })
  delete server.handlers['message:send']
  await client.outbox.retry(bad.clientMessageId)
  await until(() => server.texts().length === 2)
  const sent = server.commands.filter(({ name }) => name === 'message:send').map(({ request }) => request)
  expect(sent[0]).toEqual(sent.at(-1))
})

test('a failed message can be discarded and is gone from the device', async () => {
  const server = await startServer()
  const storage = createMemoryStorage()
  const { client } = await openSignedIn(server, { storage })
  server.handlers['message:send'] = () => server.failure('message_too_long')
  const entry = await client.outbox.send(roomId, 'bad')
  await until(() => client.outbox.entries()[0]?.state === 'failed')
  await client.outbox.discard(entry.clientMessageId)
  expect(client.outbox.entries()).toEqual([])
  expect(await (await storage.openOutbox(client.session.current()?.account.userId ?? '')).list()).toEqual([])
})

test('what is written offline survives a reload and goes out in order when the connection is back', async () => {
  const server = await startServer()
  const storage = createMemoryStorage()
  const first = await openSignedIn(server, { storage })
  server.refuseHandshakes(server.failure('unavailable'))
  server.cut()
  await until(() => first.client.connection.state().state !== 'online')
  await first.client.outbox.send(roomId, 'a')
  await first.client.outbox.send(other, 'x')
  await first.client.outbox.send(roomId, 'b')
  await first.client.close()
  expect(server.texts()).toEqual([])

  const second = openClient(server, { storage })
  await second.client.session.restore()
  await until(() => second.client.outbox.entries().length === 3)
  server.refuseHandshakes(undefined)
  await until(() => server.texts().length === 3)
  expect(server.texts().filter((text) => text !== 'x')).toEqual(['a', 'b'])
})

test('R9: the room event before the acknowledgement settles the message, and the acknowledgement changes nothing more', async () => {
  const server = await startServer()
  const { client, told, seqs } = await openSignedIn(server)
  client.rooms.follow([{ roomId, have: 0 }])
  const gate = Promise.withResolvers<void>()
  server.handlers['message:send'] = async (request) => {
    const stored = server.store(request, { isPushed: true })
    await gate.promise
    return stored
  }
  await client.outbox.send(roomId, 'hello')
  await until(() => seqs().length === 1)
  expect(client.outbox.entries()).toEqual([])
  gate.resolve()
  await client.outbox.send(roomId, 'again')
  await until(() => seqs().length === 2)
  expect(client.outbox.entries()).toEqual([])
  expect(server.texts()).toEqual(['hello', 'again'])
  expect(told['outbox-changed']?.at(-1)?.entries).toEqual([])
})

test('R9: after the acknowledgement the message stays visible as sent until its event, even when the push is lost', async () => {
  const server = await startServer()
  const { client, told, seqs } = await openSignedIn(server)
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => server.countOf('room:sync') > 0)
  server.handlers['message:send'] = (request) => server.store(request, { isPushed: false })
  await client.outbox.send(roomId, 'hello')
  await until(() => seqs().length === 1)
  expect(client.outbox.entries()).toEqual([])
  const states = told['outbox-changed']?.map(({ entries }) => entries[0]?.state)
  expect(states?.filter((state, index) => state !== states[index - 1])).toEqual([
    'queued',
    'sending',
    'sent',
    undefined,
  ])
})

test('R14: two tabs over one device send every message once, and both show the same', async () => {
  const server = await startServer()
  const storage = createMemoryStorage()
  const tab = { storage, tabs: createBrowserTabs() }
  const one = await openSignedIn(server, tab)
  const two = await openSignedIn(server, tab)
  const sends: string[] = []
  server.handlers['message:send'] = async (request) => {
    sends.push(request.clientMessageId)
    await new Promise((resolve) => setTimeout(resolve, 2))
    return server.store(request, { isPushed: true })
  }
  for (const { client } of [one, two]) client.rooms.follow([{ roomId, have: 0 }])
  const written = [one, two, one, two, one, one, two]
  await Promise.all(written.map(({ client }, index) => client.outbox.send(roomId, `m${index}`)))
  await until(() => one.client.outbox.entries().length + two.client.outbox.entries().length === 0)
  expect(sends).toHaveLength(written.length)
  expect(new Set(sends).size).toBe(written.length)
  expect(server.texts().toSorted()).toEqual(written.map((_, index) => `m${index}`))
})

test('a tab takes over what another tab left behind', async () => {
  const server = await startServer()
  const storage = createMemoryStorage()
  const tab = { storage, tabs: createBrowserTabs() }
  const one = await openSignedIn(server, tab)
  const two = await openSignedIn(server, tab)
  server.handlers['message:send'] = () => 'silence'
  await one.client.outbox.send(roomId, 'left behind')
  await until(() => server.countOf('message:send') === 1)
  delete server.handlers['message:send']
  await one.client.close()
  await until(() => server.texts().length === 1)
  await until(() => two.client.outbox.entries().every((entry) => entry.state === 'sent'))
})

test('signing out empties the outbox of the device', async () => {
  const server = await startServer()
  const storage = createMemoryStorage()
  const { client } = await openSignedIn(server, { storage })
  server.handlers['message:send'] = () => server.failure('message_too_long')
  await client.outbox.send(roomId, 'secret')
  await until(() => client.outbox.entries()[0]?.state === 'failed')
  const userId = client.session.current()?.account.userId ?? ''
  await client.session.signOut()
  expect(await (await storage.openOutbox(userId)).list()).toEqual([])
  expect(await storage.loadSession()).toBeUndefined()
  await expect(client.outbox.send(roomId, 'more')).rejects.toMatchObject({ code: 'unauthenticated' })
})
