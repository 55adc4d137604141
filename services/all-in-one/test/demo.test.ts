import { systemClock } from '@our-now/platform/clock/clock.ts'
import { createScope, type Scope } from '@our-now/platform/lifecycle/create-scope.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { signedIn } from '@our-now/testkit/signed-in.ts'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openServices, type DemoServices } from '../src/demo/open-services.ts'
import { seedDemo } from '../src/demo/seed-demo.ts'

const log = createTestLog()
const anonymous = { traceId: 'test' }
let dataDir: string
let lines: string[]
let scope: Scope
let services: DemoServices

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'our-now-demo-'))
  lines = await seedDemo({ dataDir, log })
  scope = createScope()
  // As the real product finds the folder: with the real clock.
  services = await openServices(scope, { dataDir, clock: systemClock, log })
})
afterAll(async () => {
  await scope.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
})

const password = (): string => lines.at(-1)?.split(' ').at(-1) ?? ''
async function signIn(handle: string) {
  const request = { handle, password: password(), deviceName: 'test' }
  const { account, sessionId } = await signedIn(services.auth.signIn(anonymous, request))
  return { ...account, as: { traceId: 'test', userId: account.userId, sessionId } }
}
async function roomsOf(handle: string) {
  const { as } = await signIn(handle)
  return { as, rooms: (await services.chat.listRooms(as, {})).rooms }
}

describe('the demo', () => {
  test('tells who may sign in, and they can', async () => {
    const handles = /sign in as (.*)$/.exec(lines[0] ?? '')?.[1]?.split(', ') ?? []
    expect(handles.length).toBeGreaterThanOrEqual(6)
    for (const handle of handles) expect((await signIn(handle)).handle).toBe(handle)
    expect((await signIn(handles[0] ?? '')).isOperator).toBe(true)
  })

  test('leaves no device signed in', async () => {
    const { as } = await signIn('daniel')
    const { sessions } = await services.auth.listSessions(as, {})
    expect(sessions.every(({ deviceName }) => deviceName === 'test')).toBe(true)
  })

  test('shows a living chat list: names, last messages of the last days, badges', async () => {
    const { rooms } = await roomsOf('jimin')
    expect(rooms.length).toBeGreaterThanOrEqual(8)
    expect(rooms.some(({ kind }) => kind === 'self')).toBe(true)
    expect(rooms.some(({ memberCount }) => memberCount === 12)).toBe(true)
    const now = Date.now()
    for (const { lastMessage } of rooms) {
      expect(lastMessage?.sentAt).toBeLessThanOrEqual(now)
      expect(lastMessage?.sentAt).toBeGreaterThan(now - 4 * 86_400_000)
    }
    const badges = rooms.map(({ lastOrdinal, membership }) => lastOrdinal - membership.readOrdinal)
    expect(badges.filter((badge) => badge > 0).length).toBeGreaterThanOrEqual(4)
    expect(badges).toContain(0)
    expect(rooms.some(({ membership }) => membership.isPinned)).toBe(true)
    expect(rooms.some(({ membership }) => membership.isMuted)).toBe(true)
  })

  test('has a few hundred messages over some days, in order', async () => {
    const { as, rooms } = await roomsOf('jimin')
    const sent: number[] = []
    for (const { roomId } of rooms) {
      const { messages } = await services.chat.listMessages(as, { roomId, limit: 200 })
      const times = messages.map(({ sentAt }) => sentAt)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      sent.push(...times)
    }
    expect(sent.length).toBeGreaterThan(300)
    const days = new Set(sent.map((at) => new Date(at).toDateString()))
    expect(days.size).toBeGreaterThanOrEqual(3)
  })

  test('leaves readers at different places, so that unread numbers show', async () => {
    const { as, rooms } = await roomsOf('jimin')
    const studio = rooms.find(({ memberCount }) => memberCount === 12)
    const { cursors = [] } = await services.chat.listCursors(as, { roomId: studio?.roomId ?? '' })
    expect(new Set(cursors.map(({ readSeq }) => readSeq)).size).toBeGreaterThanOrEqual(5)
  })

  test('has friends, favourites, status messages and people to add back', async () => {
    const { as } = await signIn('jimin')
    const { friends } = await services.chat.listFriends(as, {})
    expect(friends.length).toBeGreaterThanOrEqual(8)
    expect(friends[0]?.isFavourite).toBe(true)
    expect(friends.filter(({ profile }) => profile.statusMessage !== '').length).toBeGreaterThanOrEqual(5)
    expect((await services.chat.listAdmirers(as, {})).admirers.length).toBeGreaterThanOrEqual(1)
  })

  test('keeps the password for the owner of the folder alone', async () => {
    expect(await readdir(dataDir)).toContain('demo-sign-in.txt')
    expect((await stat(join(dataDir, 'demo-sign-in.txt'))).mode & 0o077).toBe(0)
  })
})

test('a folder that is filled already stays as it is, and the same lines are told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-demo-'))
  try {
    const startedMs = performance.now()
    const first = await seedDemo({ dataDir: folder, log })
    expect(performance.now() - startedMs).toBeLessThan(15_000)
    expect(await seedDemo({ dataDir: folder, log })).toEqual(first)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
})

test('a folder with accounts that no demo made is told and left alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-demo-'))
  const own = createScope()
  try {
    const { auth } = await openServices(own, { dataDir: folder, clock: systemClock, log })
    const request = {
      handle: 'ada',
      password: 'correct horse battery',
      displayName: 'Ada',
      deviceName: 'test',
    }
    await auth.register(anonymous, request)
    await own.stop()
    expect(await seedDemo({ dataDir: folder, log })).toEqual([
      expect.stringContaining('already has accounts'),
    ])
    expect(await readdir(folder)).not.toContain('demo-sign-in.txt')
  } finally {
    await own.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
})
