import type { Client, ClientEvents } from '@our-now/client/client.ts'
import { createClient } from '@our-now/client/create-client.ts'
import { createCookieFetch } from '@our-now/client/http/cookie-fetch.ts'
import {
  awaitCursors,
  applyMembership,
  loadCursors,
  type CursorState,
} from '@our-now/client/room-view/cursor-state.ts'
import { applyCursorMoves } from '@our-now/client/room-view/apply-cursor-moves.ts'
import { applyRoomEvents } from '@our-now/client/room-view/apply-room-event.ts'
import { mergePage } from '@our-now/client/room-view/merge-page.ts'
import { emptyTimeline, type Timeline } from '@our-now/client/room-view/timeline.ts'
import { createUnreadCounter } from '@our-now/client/room-view/unread-number.ts'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startProduct, type Product } from '../src/start-product.ts'
import { waitUntil } from '../src/wait-until.ts'

/** The client against the real product: what the client's own tests assume of a server is true of ours. */
let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.dispose())

let people = 0

/** A new account on a device of its own, online. */
async function join(name: string, baseUrl = product.url): Promise<{ client: Client; userId: string }> {
  const client = createClient({
    baseUrl,
    deviceName: 'Test',
    fetch: createCookieFetch(baseUrl),
    headers: { origin: baseUrl },
    timing: { reconnectFirstMs: 300, retryFirstMs: 100 },
  })
  onTestFinished(() => client.close())
  people += 1
  const handle = `${name}${people}`
  const { account } = await client.session.register({
    handle,
    password: 'correct horse 9',
    displayName: name,
  })
  await waitUntil(() => client.connection.state().state === 'online')
  return { client, userId: account.userId }
}

/** What a screen that shows the room knows, kept by the client's own pure functions. */
async function watchRoom(client: Client, roomId: string) {
  const { head } = await client.api.getRoom({ roomId })
  client.rooms.follow([{ roomId, have: head }])
  let timeline: Timeline = emptyTimeline(roomId, head)
  let cursors: CursorState = awaitCursors(roomId, head)
  client.on('room-events', (told) => {
    if (told.roomId !== roomId) return
    timeline = applyRoomEvents(timeline, told.events)
    cursors = told.events.reduce(applyMembership, cursors)
  })
  client.on('cursors-loaded', (loaded) => {
    if (loaded.roomId === roomId) cursors = loadCursors(cursors, loaded)
  })
  client.on('cursors-moved', (moved) => {
    if (moved.roomId === roomId) cursors = applyCursorMoves(cursors, moved)
  })
  client.rooms.open(roomId)
  timeline = mergePage(timeline, { kind: 'newest' }, await client.api.listMessages({ roomId }))
  const texts = () => timeline.lines.flatMap((line) => (line.kind === 'message' ? [line.message.text] : []))
  return {
    texts,
    timeline: () => timeline,
    isLoaded: () => cursors.isLoaded,
    unreadOf: (text: string) => {
      const line = timeline.lines.find((shown) => shown.kind === 'message' && shown.message.text === text)
      return line?.kind === 'message' ? createUnreadCounter(cursors).numberOf(line.message) : undefined
    },
  }
}

test('two people talk: in order, acknowledged, once, with the unread number counting down', async () => {
  const ada = await join('ada')
  const ben = await join('ben')
  const { roomId } = await ada.client.api.openDirectRoom({ userId: ben.userId })
  const adaSees = await watchRoom(ada.client, roomId)
  const benSees = await watchRoom(ben.client, roomId)
  const texts = Array.from({ length: 20 }, (_, n) => `message ${n}`)
  await Promise.all(texts.map((text) => ada.client.outbox.send(roomId, text)))
  await waitUntil(() => benSees.texts().length === 20 && adaSees.texts().length === 20)
  expect(benSees.texts()).toEqual(texts)
  expect(adaSees.texts()).toEqual(texts)
  await waitUntil(() => ada.client.outbox.entries().length === 0)
  await waitUntil(() => adaSees.isLoaded() && adaSees.unreadOf('message 19') === 1)
  ben.client.rooms.markRead(roomId, ben.client.rooms.have(roomId) ?? 0)
  await waitUntil(() => adaSees.unreadOf('message 19') === 0)
})

test("one's own log tells a room that somebody else made, and what is said in it arrives", async () => {
  const ada = await join('ada')
  const ben = await join('ben')
  const told: ClientEvents['user-events'][] = []
  ben.client.on('user-events', (events) => told.push(events))
  ben.client.user.follow((await ben.client.api.listRooms({})).userHead)
  const group = await ada.client.api.createGroup({ userIds: [ben.userId], name: '여행' })
  const joined = await waitUntil(() =>
    told.flatMap(({ events }) => events).find((event) => event.kind === 'room-joined'),
  )
  expect(joined).toMatchObject({ room: { roomId: group.roomId, name: '여행' } })
  const benSees = await watchRoom(ben.client, group.roomId)
  await ada.client.outbox.send(group.roomId, '안녕')
  await waitUntil(() => benSees.texts().includes('안녕'))
})

test('a live timeline equals a fresh one after messages, deletions, renames, joins and leaves', async () => {
  const ada = await join('ada')
  const ben = await join('ben')
  const cho = await join('cho')
  const { roomId } = await ada.client.api.createGroup({ userIds: [ben.userId], name: 'a' })
  const benSees = await watchRoom(ben.client, roomId)
  await ada.client.outbox.send(roomId, 'first')
  await waitUntil(() => benSees.texts().includes('first'))
  const seq = ada.client.rooms.have(roomId) ?? benSees.timeline().lines.at(-1)?.seq ?? 0
  await ada.client.api.deleteMessage({ roomId, seq })
  await ada.client.api.renameRoom({ roomId, name: 'b' })
  await ada.client.api.inviteMembers({ roomId, userIds: [cho.userId] })
  await cho.client.outbox.send(roomId, 'hello from cho')
  await waitUntil(() => benSees.texts().includes('hello from cho'))
  await cho.client.api.leaveRoom({ roomId, isQuiet: true })
  await ada.client.outbox.send(roomId, 'last')
  await waitUntil(() => benSees.texts().includes('last'))
  const fresh = mergePage(
    emptyTimeline(roomId, 0),
    { kind: 'newest' },
    await ben.client.api.listMessages({ roomId }),
  )
  expect(benSees.timeline().lines).toEqual(fresh.lines)
})

test('a device that was away gets everything that was said meanwhile, and sends what it wrote', async () => {
  const ada = await join('ada')
  const ben = await join('ben')
  const { roomId } = await ada.client.api.openDirectRoom({ userId: ben.userId })
  const adaSees = await watchRoom(ada.client, roomId)
  const benSees = await watchRoom(ben.client, roomId)
  await ben.client.session.signOut()
  await ada.client.outbox.send(roomId, 'are you there?')
  await waitUntil(() => adaSees.texts().length === 1)
  expect(benSees.texts()).toEqual([])
  const back = createClient({
    baseUrl: product.url,
    deviceName: 'Again',
    fetch: createCookieFetch(product.url),
    headers: { origin: product.url },
  })
  onTestFinished(() => back.close())
  await back.session.signIn({ handle: `ben${people}`, password: 'correct horse 9' })
  await back.outbox.send(roomId, 'yes')
  await waitUntil(() => adaSees.texts().length === 2)
  expect(adaSees.texts()).toEqual(['are you there?', 'yes'])
})

test('messages written while the product is killed and started again arrive once and in order', async () => {
  const mortal = await startProduct()
  onTestFinished(() => mortal.dispose())
  const { client } = await join('ada', mortal.url)
  const { rooms } = await client.api.listRooms({})
  const { roomId } = rooms.find((room) => room.kind === 'self') ?? { roomId: '' }
  const sees = await watchRoom(client, roomId)
  const before = sees.texts().length
  const texts = Array.from({ length: 25 }, (_, n) => `message ${n}`)
  const writing = Promise.all(texts.map((text) => client.outbox.send(roomId, text)))
  await waitUntil(() => sees.texts().length > before + 5)
  await mortal.kill()
  await writing
  const again = await startProduct({ dataDir: mortal.dataDir, port: Number(new URL(mortal.url).port) })
  onTestFinished(() => again.dispose())
  await waitUntil(() => sees.texts().length === before + texts.length, { timeoutMs: 15_000 })
  expect(sees.texts().slice(before)).toEqual(texts)
  const { messages } = await client.api.listMessages({ roomId, limit: 200 })
  expect(messages.slice(before).map((message) => message.text)).toEqual(texts)
}, 40_000)
