import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLogTrack } from '../src/gap-repair/log-track.ts'
import { applyRoomEvents } from '../src/room-view/apply-room-event.ts'
import { mergePage } from '../src/room-view/merge-page.ts'
import { emptyTimeline } from '../src/room-view/timeline.ts'
import { aMessageEvent, aUserEvent, id, roomId } from './support/contract-server.ts'
import { openSignedIn, startServer, until } from './support/start-client.ts'

const aDeletion = (seq: number, targetSeq: number): RoomEvent => ({
  roomId,
  seq,
  at: seq,
  actorId: id(2),
  kind: 'message-deleted',
  targetSeq,
})

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test('a track hands on every event once and in order, whatever order and repeats they come in', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 40 }), { maxLength: 200, size: 'max' }),
      fc.nat({ max: 10 }),
      (order, have) => {
        const track = createLogTrack<{ seq: number }>()
        const early = order.slice(0, 5).map((seq) => ({ seq }))
        const handed = track.accept(early).map(({ seq }) => seq)
        expect(handed).toEqual([])
        handed.push(...track.restart(have).map(({ seq }) => seq))
        for (const seq of order.slice(5)) handed.push(...track.accept([{ seq }]).map((event) => event.seq))
        handed.push(...track.accept(upTo(41).map((seq) => ({ seq }))).map((event) => event.seq))
        expect(handed).toEqual(upTo(41).filter((seq) => seq > have))
      },
    ),
    { numRuns: 300 },
  )
})

test('live events are handed on in order and repeats fall away', async () => {
  const server = await startServer()
  const { client, seqs } = await openSignedIn(server)
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => server.countOf('room:sync') === 1)
  for (const seq of [1, 2, 2, 1, 3]) {
    if (server.log.length < seq) server.log.push(aMessageEvent(seq))
    server.push('room:event', aMessageEvent(seq))
  }
  await until(() => seqs().length >= 3)
  expect(seqs()).toEqual([1, 2, 3])
  expect(client.rooms.have(roomId)).toBe(3)
})

test('a lost push is fetched, and what came after it waits for it', async () => {
  const server = await startServer()
  const { client, seqs } = await openSignedIn(server)
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => server.countOf('room:sync') === 1)
  server.log.push(aMessageEvent(1), aMessageEvent(2), aMessageEvent(3))
  for (const seq of [1, 3]) server.push('room:event', aMessageEvent(seq))
  await until(() => seqs().length === 3)
  expect(seqs()).toEqual([1, 2, 3])
  expect(server.countOf('room:sync')).toBe(2)
})

test('a push that is only late costs no sync', async () => {
  const server = await startServer()
  const { client, seqs } = await openSignedIn(server, { timing: { holeMs: 150 } })
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => server.countOf('room:sync') === 1)
  server.log.push(aMessageEvent(1), aMessageEvent(2))
  server.push('room:event', aMessageEvent(2))
  server.push('room:event', aMessageEvent(1))
  await until(() => seqs().length === 2)
  await client.command('presence:set-visible', { isVisible: true })
  expect(server.countOf('room:sync')).toBe(1)
})

test('heads reveal a lost last event', async () => {
  const server = await startServer()
  const { client, seqs, told } = await openSignedIn(server)
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => server.countOf('room:sync') === 1)
  server.log.push(aMessageEvent(1))
  server.push('room:heads', { rooms: [{ roomId, head: 1, cursorRev: 7 }] })
  await until(() => seqs().length === 1)
  expect(told['cursor-rev']).toContainEqual({ roomId, cursorRev: 7 })
})

test('a head below what was handed on asks for a sync, and a restored backup begins the room anew', async () => {
  const server = await startServer()
  const { client, seqs, told } = await openSignedIn(server)
  server.log.push(...upTo(3).map((seq) => aMessageEvent(seq)))
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => seqs().length === 3)
  server.handlers['room:sync'] = async () => ({
    rooms: [{ roomId, head: 1, cursorRev: 1, events: [], more: false, reset: true }],
    gone: [],
    rest: [],
  })
  server.push('room:heads', { rooms: [{ roomId, head: 1, cursorRev: 0 }] })
  await until(() => told['room-reset']?.length === 1)
  expect(client.rooms.have(roomId)).toBe(1)
})

test('after a reconnect everything missed comes in order, page by page', async () => {
  const server = await startServer()
  const { client, seqs } = await openSignedIn(server)
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => server.countOf('room:sync') === 1)
  server.cut()
  server.log.push(...upTo(450).map((seq) => aMessageEvent(seq)))
  await until(() => seqs().length === 450)
  expect(seqs()).toEqual(upTo(450))
})

test('R16: a sync answer that crosses live events neither doubles nor loses any', async () => {
  const server = await startServer()
  const { client, seqs } = await openSignedIn(server)
  server.log.push(aMessageEvent(1), aMessageEvent(2))
  const gate = Promise.withResolvers<void>()
  server.handlers['room:sync'] = async () => {
    const events = [...server.log]
    await gate.promise
    return {
      rooms: [{ roomId, head: events.length, cursorRev: 1, events, more: false, reset: false }],
      gone: [],
      rest: [],
    }
  }
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => server.countOf('room:sync') === 1)
  server.log.push(aMessageEvent(3))
  for (const seq of [2, 3]) server.push('room:event', aMessageEvent(seq))
  await client.command('presence:set-visible', { isVisible: true })
  gate.resolve()
  await until(() => seqs().length >= 3)
  expect(seqs()).toEqual([1, 2, 3])
})

test('R15: a deletion pushed before its message waits for it, and the message is never shown with its words', async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => server.countOf('room:sync') === 1)
  server.log.push(aMessageEvent(1, { text: 'regretted' }), aDeletion(2, 1))
  server.push('room:event', aDeletion(2, 1))
  await until(() => client.rooms.have(roomId) === 2)
  const handed = told['room-events']?.flatMap(({ events }) => events) ?? []
  expect(handed.map(({ kind }) => kind)).toEqual(['message-created', 'message-deleted'])
  const timeline = applyRoomEvents({ ...emptyTimeline(roomId, 0), hasAfter: false }, handed)
  expect(timeline.lines).toHaveLength(1)
  expect(timeline.lines[0]).toMatchObject({ message: { text: '', deletedAt: 2 } })
})

test('R15: a deletion of a message that is not on the page yet is remembered for it', async () => {
  const window = applyRoomEvents({ ...emptyTimeline(roomId, 3), hasAfter: false }, [aDeletion(4, 1)])
  const message = aMessageEvent(1, { text: 'regretted' })
  if (message.kind !== 'message-created') throw new Error('not a message')
  // Read from the database before the deletion, answered after it.
  const page = { messages: [message.message], notices: [], asOfSeq: 3, hasBefore: false, hasAfter: false }
  const shown = mergePage(window, { kind: 'newest' }, page)
  expect(shown.lines[0]).toMatchObject({ message: { text: '', deletedAt: 4 } })
})

test('events that come before the room is followed are not lost', async () => {
  const server = await startServer()
  const { client, seqs } = await openSignedIn(server)
  server.handlers['room:sync'] = () => ({ rooms: [], gone: [], rest: [] })
  for (const seq of [4, 5, 6]) server.push('room:event', aMessageEvent(seq))
  await client.command('presence:set-visible', { isVisible: true })
  client.rooms.follow([{ roomId, have: 4 }])
  expect(seqs()).toEqual([5, 6])
})

test('R7: what happens between the room list and the subscription is asked for', async () => {
  const server = await startServer()
  const { client, seqs } = await openSignedIn(server)
  server.log.push(aMessageEvent(1), aMessageEvent(2))
  client.rooms.follow([{ roomId, have: 1 }])
  await until(() => seqs().length === 1)
  expect(seqs()).toEqual([2])
})

test('a gap that is too long resets the room, and the log goes on from there', async () => {
  const server = await startServer()
  const { client, seqs, told } = await openSignedIn(server)
  server.handlers['room:sync'] = ({ rooms }) => ({
    rooms: rooms.map(({ roomId: asked, have }) => ({
      roomId: asked,
      head: 5_000,
      cursorRev: 1,
      events: [],
      more: false,
      reset: have < 5_000,
    })),
    gone: [],
    rest: [],
  })
  client.rooms.follow([{ roomId, have: 10 }])
  await until(() => told['room-reset'] !== undefined)
  expect(told['room-reset']).toEqual([{ roomId, head: 5_000, missed: 4_990 }])
  server.push('room:event', aMessageEvent(5_001))
  await until(() => seqs().length === 1)
  expect(seqs()).toEqual([5_001])
})

test('many rooms are asked for 200 at a time, rooms left out again, lost ones told', async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  const rooms = upTo(450).map((n) => ({ roomId: id(10_000 + n), have: 0 }))
  const sizes: number[] = []
  let isFirst = true
  server.handlers['room:sync'] = (request) => {
    sizes.push(request.rooms.length)
    const [rest, gone] = isFirst ? [[id(10_001)], [id(10_002)]] : [[], []]
    isFirst = false
    return { rooms: [], rest, gone }
  }
  client.rooms.follow(rooms)
  await until(() => sizes.reduce((sum, size) => sum + size, 0) === 451)
  expect(Math.max(...sizes)).toBe(200)
  expect(told['room-gone']).toEqual([{ roomId: id(10_002) }])
  expect(client.rooms.have(id(10_002))).toBeUndefined()
})

test('a limited sync is asked again after the time that the server names', async () => {
  const server = await startServer()
  const { client, seqs } = await openSignedIn(server)
  server.log.push(aMessageEvent(1))
  const at: number[] = []
  server.handlers['room:sync'] = () => {
    at.push(performance.now())
    if (at.length > 1) delete server.handlers['room:sync']
    return server.failure('rate_limited', 120)
  }
  client.rooms.follow([{ roomId, have: 0 }])
  await until(() => seqs().length === 1)
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(119)
})

test("one's own log is repaired by the same rules", async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  client.user.follow(0)
  const seqs = () => (told['user-events'] ?? []).flatMap(({ events }) => events.map((event) => event.seq))
  server.userLog.push(...upTo(3).map(aUserEvent))
  for (const seq of [1, 3, 3]) server.push('user:event', aUserEvent(seq))
  await until(() => seqs().length === 3)
  server.cut()
  server.userLog.push(...[4, 5].map(aUserEvent))
  await until(() => seqs().length === 5)
  expect(seqs()).toEqual([1, 2, 3, 4, 5])
})

test("a server whose log is behind ours (a restored backup) resets one's own log", async () => {
  const server = await startServer()
  const { client, told } = await openSignedIn(server)
  server.handlers['user:sync'] = ({ have }) => ({ head: 2, events: [], more: false, reset: have > 2 })
  client.user.follow(9)
  server.cut()
  await until(() => told['user-reset'] !== undefined)
  expect(told['user-reset']).toEqual([{ head: 2 }])
  expect(client.user.have()).toBe(2)
})
