import type { PresenceState } from '@our-now/contracts/presence.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aConnectionId, aUserId, startPresenceStack, type PresenceStack } from './support/presence-stack.ts'

const ttlMs = 60_000
const context = { traceId: 'test' }
const minsu = aUserId(1)
const [phone, laptop] = [aConnectionId(1), aConnectionId(2)]
let stack: PresenceStack
beforeEach(async () => {
  stack = await startPresenceStack()
})
afterEach(() => stack.close())

const hold = (connectionId: string, isVisible = true, userId = minsu) =>
  stack.presence.holdLeases(context, { ttlMs, leases: [{ userId, connectionId, isVisible }] })
const release = (connectionId: string, userId = minsu) =>
  stack.presence.releaseLeases(context, { leases: [{ userId, connectionId }] })
const stateOf = async (userId = minsu): Promise<PresenceState | undefined> =>
  (await stack.presence.listStates(context, { userIds: [userId] })).states[0]
const statuses = () => stack.told().map(({ status }) => status)
const toldSoFar = (count: number) => waitUntil(() => stack.told().length >= count)
let witnesses = 0
/** Two sweeps have begun and the first has ended when somebody else was told in each. */
const sweep = async () => {
  for (let sweeps = 0; sweeps < 2; sweeps += 1) {
    witnesses += 1
    const witness = aUserId(5_000 + witnesses)
    await hold(aConnectionId(5_000 + witnesses), true, witness)
    await waitUntil(() => stack.told().some(({ userId }) => userId === witness))
  }
}
const toldOf = (userId: string) => stack.told().filter((state) => state.userId === userId)

describe('a state', () => {
  test('is online on screen, away in the background, and online again', async () => {
    expect(await stateOf()).toEqual({ userId: minsu, status: 'offline' })
    await hold(phone)
    expect(await stateOf()).toEqual({ userId: minsu, status: 'online' })
    await toldSoFar(1)
    await hold(phone, false)
    expect(await stateOf()).toEqual({ userId: minsu, status: 'away' })
    await toldSoFar(2)
    await hold(phone)
    await toldSoFar(3)
    expect(statuses()).toEqual(['online', 'away', 'online'])
  })

  test('is online when one of several connections is on screen', async () => {
    await hold(phone)
    await hold(laptop, false)
    expect((await stateOf())?.status).toBe('online')
    await release(phone)
    expect((await stateOf())?.status).toBe('away')
  })

  test('of nobody known is offline, for up to 200 at once', async () => {
    const userIds = Array.from({ length: 200 }, (_, index) => aUserId(index))
    const { states } = await stack.presence.listStates(context, { userIds })
    expect(states).toEqual(userIds.map((userId) => ({ userId, status: 'offline' })))
  })
})

describe('the grace', () => {
  test('keeps a reconnect from being seen', async () => {
    await hold(phone)
    await toldSoFar(1)
    await release(phone)
    stack.clock.advance(29_999)
    await sweep()
    expect((await stateOf())?.status).toBe('online')
    await hold(laptop)
    stack.clock.advance(29_999)
    await sweep()
    expect(toldOf(minsu).map(({ status }) => status)).toEqual(['online'])
  })

  test('ends 30 s after the last connection was released, with when it was', async () => {
    await hold(phone)
    await hold(laptop)
    await toldSoFar(1)
    stack.clock.advance(10_000)
    await release(laptop)
    await release(phone)
    const leftAt = stack.clock.now()
    await sweep()
    stack.clock.advance(30_000)
    await waitUntil(() => toldOf(minsu).length === 2)
    const offline = { userId: minsu, status: 'offline', lastSeenAt: leftAt }
    expect(toldOf(minsu)[1]).toEqual(offline)
    await waitUntil(async () => (await stateOf())?.lastSeenAt === leftAt)
    expect(await stateOf()).toEqual(offline)
  })

  test('follows the lease of a connection that ended without a word', async () => {
    await hold(phone)
    await toldSoFar(1)
    const heldAt = stack.clock.now()
    stack.clock.advance(60_000 + 29_999)
    await sweep()
    expect(toldOf(minsu)).toHaveLength(1)
    stack.clock.advance(1)
    await waitUntil(() => toldOf(minsu).length === 2)
    expect(toldOf(minsu)[1]).toEqual({ userId: minsu, status: 'offline', lastSeenAt: heldAt })
  })

  test('does not begin while leases are renewed', async () => {
    for (let index = 0; index < 20; index += 1) {
      await hold(phone)
      stack.clock.advance(20_000)
      await sweep()
    }
    expect(toldOf(minsu).map(({ status }) => status)).toEqual(['online'])
  })

  test('bears releases that come twice and of connections nobody held', async () => {
    await release(phone)
    await hold(phone)
    await release(phone)
    await release(phone)
    await release(laptop, aUserId(77))
    stack.clock.advance(30_000)
    await waitUntil(() => toldOf(minsu).at(-1)?.status === 'offline')
    await sweep()
    expect(toldOf(minsu).filter(({ status }) => status === 'online').length).toBeLessThanOrEqual(1)
  })
})

describe('telling', () => {
  test('is once for each change, however often leases are held', async () => {
    for (let index = 0; index < 50; index += 1) await hold(phone, index % 2 === 0)
    await hold(phone)
    await sweep()
    await sweep()
    const told = toldOf(minsu).map(({ status }) => status)
    expect(told.at(-1)).toBe('online')
    for (const [index, status] of told.entries()) if (index > 0) expect(status).not.toBe(told[index - 1])
  })

  test('a thousand at once are all told', async () => {
    const leases = Array.from({ length: 1_000 }, (_, index) => ({
      userId: aUserId(10_000 + index),
      connectionId: aConnectionId(10_000 + index),
      isVisible: true,
    }))
    await stack.presence.holdLeases(context, { ttlMs, leases })
    await toldSoFar(1_000)
    await stack.presence.releaseLeases(context, {
      leases: leases.map(({ userId, connectionId }) => ({ userId, connectionId })),
    })
    stack.clock.advance(30_000)
    await toldSoFar(2_000)
    expect(
      new Set(
        stack
          .told()
          .slice(1_000)
          .map(({ status }) => status),
      ),
    ).toEqual(new Set(['offline']))
    await waitUntil(async () => (await stack.database.reader('people')).length === 1_000)
  })
})

describe('who hides', () => {
  const profileChanged = (seq: number, presenceVisible: boolean): UserEvent => ({
    userId: minsu,
    seq,
    at: 1,
    kind: 'profile-changed',
    profile: { userId: minsu, handle: 'minsu', displayName: '민수', statusMessage: '', presenceVisible },
  })
  const hide = (seq: number) => stack.appendUserEvents(minsu, [profileChanged(seq, false)])
  const show = (seq: number) => stack.appendUserEvents(minsu, [profileChanged(seq, true)])

  test('is told offline at once, without when they were last there', async () => {
    await hold(phone)
    await toldSoFar(1)
    await hide(1)
    await toldSoFar(2)
    expect(stack.told()[1]).toEqual({ userId: minsu, status: 'offline' })
    expect(await stateOf()).toEqual({ userId: minsu, status: 'offline' })
  })

  test('is told again when they show themselves', async () => {
    await hide(1)
    await hold(phone)
    await waitUntil(async () => (await stack.database.reader('people').where({ is_hidden: 1 })).length === 1)
    await sweep()
    await show(2)
    await waitUntil(() => toldOf(minsu).at(-1)?.status === 'online')
    expect(await stateOf()).toEqual({ userId: minsu, status: 'online' })
  })

  test('leaves no trace of when they were there', async () => {
    await hide(1)
    await waitUntil(async () => (await stack.database.reader('people').where({ is_hidden: 1 })).length === 1)
    await hold(phone)
    await sweep()
    await release(phone)
    stack.clock.advance(30_000)
    await sweep()
    await show(2)
    await waitUntil(
      async () =>
        (await stack.database.reader('people').where({ user_id: minsu, is_hidden: 0 })).length === 1,
    )
    expect(await stateOf()).toEqual({ userId: minsu, status: 'offline' })
  })

  test('is not shown by an event that comes twice or late', async () => {
    await hold(phone)
    await hide(5)
    await show(4)
    await hide(5)
    await stack.appendUserEvents(minsu, [
      profileChanged(6, true),
      { userId: minsu, seq: 7, at: 1, kind: 'room-left', roomId: aUserId(5) },
      profileChanged(8, false),
    ])
    await waitUntil(async () => {
      const row: { applied_seq: number } | undefined = await stack.database
        .reader('people')
        .where({ user_id: minsu })
        .first()
      return row?.applied_seq === 8
    })
    expect((await stateOf())?.status).toBe('offline')
  })
})

describe('several replicas', () => {
  test('tell each change once', async () => {
    await stack.startAnother()
    await stack.startAnother()
    await hold(phone)
    await toldSoFar(1)
    for (let index = 1; index < 6; index += 1) {
      await hold(phone, index % 2 === 0)
      await toldSoFar(index + 1)
    }
    expect(statuses()).toEqual(['online', 'away', 'online', 'away', 'online', 'away'])
  })

  test('hand the telling over when one stops, and the next finds who has gone meanwhile', async () => {
    const next = await stack.startAnother()
    await hold(phone)
    await toldSoFar(1)
    await release(phone)
    const leftAt = stack.clock.now()
    await stack.stop()
    stack.clock.advance(30_000)
    await waitUntil(() => toldOf(minsu).at(-1)?.status === 'offline')
    const { states } = await next.presence.listStates(context, { userIds: [minsu] })
    expect(states[0]).toEqual({ userId: minsu, status: 'offline', lastSeenAt: leftAt })
  })
})
