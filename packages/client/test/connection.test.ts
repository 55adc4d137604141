import { protocolVersion as contractVersion } from '@our-now/contracts/socket.ts'
import { expect, test } from 'vitest'
import { protocolVersion } from '../src/connection/open-socket.ts'
import { createMemoryStorage } from '../src/storage/memory-storage.ts'
import { createBrowserTabs } from '../src/tabs/tabs.ts'
import { aMessageEvent, id, roomId } from './support/contract-server.ts'
import { openClient, openSignedIn, startServer, until } from './support/start-client.ts'

test('the protocol version equals the contract', () => {
  expect(protocolVersion).toBe(contractVersion)
})

test('a request with an expired token is renewed once and repeated', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  const before = server.refreshCount()
  server.expireTokens()
  const replies = await Promise.all([
    client.api.getMyProfile(),
    client.api.getMyProfile(),
    client.api.getMyProfile(),
  ])
  expect(replies.map((me) => me.handle)).toEqual(['ada', 'ada', 'ada'])
  expect(server.refreshCount()).toBe(before + 1)
})

test('R12: a token that expired while the network was away is renewed at the next connection', async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  server.expireTokens()
  server.cut()
  await until(() => told['connection-changed']?.filter(({ state }) => state === 'online').length === 2)
  expect(client.session.current()?.account.handle).toBe('ada')
})

test('a connection that comes back names the one that it replaces, which may be half open', async () => {
  const server = await startServer()
  const { told } = await openSignedIn(server)
  server.cut()
  await until(() => told['connection-changed']?.filter(({ state }) => state === 'online').length === 2)
  expect(server.replaced).toEqual([undefined, server.connectionIds[0]])
})

test('a line on which nothing is answered any more is given up for a new one', async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  server.handlers['message:send'] = () => 'silence'
  await client.outbox.send(roomId, 'hello?')
  await until(() => server.countOf('message:send') === 1)
  delete server.handlers['message:send']
  await until(() => server.texts().length === 1)
  expect(told['connection-changed']?.filter(({ state }) => state === 'online').length).toBe(2)
  expect(server.replaced).toEqual([undefined, server.connectionIds[0]])
})

test('R12: a message sent with an expired token goes out after a renewal', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  let tries = 0
  server.handlers['message:send'] = (request) =>
    (tries += 1) === 1 ? server.failure('token_expired') : server.store(request, { isPushed: false })
  await client.outbox.send(roomId, 'hello')
  await until(() => server.texts().length === 1)
  expect(server.countOf('auth:refresh')).toBe(1)
})

test('the token is renewed ahead of its end and handed to the socket', async () => {
  const server = await startServer()
  server.tokenLifeSeconds = 1
  await openSignedIn(server)
  await until(() => server.countOf('auth:refresh') > 0)
  expect(server.refreshCount()).toBeGreaterThan(1)
})

test('a session that was ended signs out, says why and does not come back', async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  server.endSession()
  server.push('session:ended', {})
  await until(() => client.session.current() === undefined)
  expect(told['session-changed']?.at(-1)).toEqual({ status: 'signed-out', reason: 'ended' })
  expect(client.connection.state()).toEqual({ state: 'offline' })
})

test('a refused refresh ends the session; an unreachable server does not', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  server.refuseHandshakes(server.failure('unavailable'))
  server.cut()
  await until(() => client.connection.state().retryAtMs !== undefined)
  expect(client.session.current()).toBeDefined()
  server.refuseHandshakes(undefined)
  server.endSession()
  await until(() => client.session.current() === undefined)
})

test('without a network the last account is gone on with, and nobody without one', async () => {
  const server = await startServer()
  const storage = createMemoryStorage()
  const first = await openSignedIn(server, { storage })
  await first.client.close()
  const away = () => Promise.reject(new TypeError('fetch failed'))
  const second = openClient(server, { storage, fetch: away })
  expect((await second.client.session.restore())?.account.handle).toBe('ada')
  const stranger = openClient(server, { fetch: away })
  expect(await stranger.client.session.restore()).toBeUndefined()
})

test('signing out in one tab signs the other out', async () => {
  const server = await startServer()
  const tab = { storage: createMemoryStorage(), tabs: createBrowserTabs() }
  const one = await openSignedIn(server, tab)
  const two = await openSignedIn(server, tab)
  await one.client.session.signOut()
  await until(() => two.client.session.current() === undefined)
  expect(two.told['session-changed']?.at(-1)).toEqual({ status: 'signed-out', reason: 'signed-out' })
})

test('a draining server is left for a new connection before the old one goes', async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  client.rooms.follow([{ roomId, have: 0 }])
  // What was asked over the old one is waited for.
  server.handlers['typing:start'] = () => 'silence'
  const asked = client.command('typing:start', { roomId }).catch((error: unknown) => error)
  server.push('session:drain', { afterMs: 20 })
  await until(() => server.sockets.size === 2)
  expect(await asked).toMatchObject({ code: 'timeout' })
  await until(() => server.sockets.size === 1)
  const states = told['connection-changed']?.map(({ state }) => state)
  expect(states?.slice(states.indexOf('online'))).toEqual(['online', 'online'])
  server.log.push(aMessageEvent(1))
  server.push('room:event', aMessageEvent(1))
  await until(() => client.rooms.have(roomId) === 1)
})

test('a refused handshake waits as long as the server asks, and a person can try at once', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  server.refuseHandshakes(server.failure('overloaded', 60_000))
  server.cut()
  await until(() => (client.connection.state().retryAtMs ?? 0) > Date.now() + 50_000)
  server.refuseHandshakes(undefined)
  client.connection.retryNow()
  await until(() => client.connection.state().state === 'online')
})

test('a command fails with its code, without an answer with timeout, and offline with unavailable', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  server.handlers['typing:start'] = () => server.failure('room_not_found')
  await expect(client.command('typing:start', { roomId })).rejects.toMatchObject({ code: 'room_not_found' })
  server.handlers['typing:start'] = () => 'silence'
  await expect(client.command('typing:start', { roomId })).rejects.toMatchObject({ code: 'timeout' })
  await until(() => client.connection.state().state === 'online')
  server.handlers['typing:start'] = () => 'cut'
  await expect(client.command('typing:start', { roomId })).rejects.toMatchObject({ code: 'timeout' })
  await client.close()
  await expect(client.command('typing:start', { roomId })).rejects.toMatchObject({ code: 'unavailable' })
})

test('read cursors only move up, the highest wins, and a lost acknowledgement is said again', async () => {
  const server = await startServer()
  const { client } = await openSignedIn(server)
  const moves = () =>
    server.commands.filter(({ name }) => name === 'cursor:move').map(({ request }) => request)
  let isFirst = true
  server.handlers['cursor:move'] = ({ seq }) => {
    if (!isFirst) return { readSeq: seq }
    isFirst = false
    return 'silence'
  }
  for (const seq of [3, 5, 4, 9, 2]) client.rooms.markRead(roomId, seq)
  await until(() => moves().length === 2)
  expect(moves()).toEqual([
    { roomId, seq: 3 },
    { roomId, seq: 9 },
  ])
  client.rooms.markRead(roomId, 9)
  server.cut()
  await until(() => server.countOf('user:sync') + server.countOf('presence:set-visible') >= 2)
  expect(moves()).toHaveLength(2)
})

test('open rooms are opened again on a new connection, and typing is told sparingly', async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  client.rooms.open(roomId)
  await until(() => told['cursors-loaded']?.length === 1)
  for (let i = 0; i < 20; i += 1) client.rooms.noteTyping(roomId)
  await until(() => server.countOf('typing:start') === 1)
  server.cut()
  await until(() => told['cursors-loaded']?.length === 2)
  expect(server.countOf('typing:start')).toBe(1)
  client.rooms.close(roomId)
  await until(() => server.countOf('room:close') === 1)
})

test('watching people asks once for the last screen, and again on a new connection', async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  server.handlers['presence:watch'] = ({ userIds }) => ({
    states: userIds.map((userId) => ({ userId, status: 'online' as const })),
  })
  client.presence.watch([id(2)])
  client.presence.watch([id(3)])
  await until(() => told['presence-changed']?.length === 1)
  expect(told['presence-changed']).toEqual([{ userId: id(3), status: 'online' }])
  server.cut()
  await until(() => server.countOf('presence:watch') === 2)
})
