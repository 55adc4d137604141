import type { ServerEvent } from '@our-now/contracts/socket.ts'
import { describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import { openOwnRedis, type OwnRedis } from '@our-now/testkit/infra/redis-of-own.ts'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { callAs, closing, connect, signUp, type Connected, type Person } from './support/person.ts'
import { startTwoGateways, type TwoGateways } from './support/two-gateways.ts'

/** C7: complete again within this, in ms. */
const healMs = 10_000

describeWithPrograms(['redis'], 'two gateways over Redis', () => {
  let redis: OwnRedis
  let product: TwoGateways
  let ada: Person
  let bob: Person
  beforeEach(async () => {
    redis = await openOwnRedis()
    product = await startTwoGateways(redis.url)
    ada = await signUp(product.urls[0])
    bob = await signUp(product.urls[1])
  })
  afterEach(async () => {
    redis.resume()
    await product.close()
    await redis.close()
  })

  const openRoom = async (): Promise<string> => {
    const group = { name: 'room', userIds: [bob.userId] }
    return String((await callAs(ada, 'POST', '/api/rooms', group)).body?.['roomId'])
  }
  const at = (person: Person, url: string): Person => ({ ...person, url })
  const messagesOf = (connected: Connected) =>
    connected
      .pushed<ServerEvent<'room:event'>>('room:event')
      .flatMap((event) => (event.kind === 'message-created' ? [event.message] : []))
  /** Everything, once each, in the order of the log. Sends that are on their way together have none of their own. */
  async function expectWhole(to: Connected, sent: readonly string[]): Promise<void> {
    await expect.poll(() => messagesOf(to).length, { timeout: healMs }).toBe(sent.length)
    const messages = messagesOf(to)
    expect(new Set(messages.map(({ text }) => text))).toEqual(new Set(sent))
    expect(messages.map(({ ordinal }) => ordinal)).toEqual(messages.map((_, index) => index + 1))
  }

  /** Sends one message after the other until stopped. */
  function talk(from: Connected, roomId: string, everyMs: number) {
    const ackMs: number[] = []
    const sentAt = new Map<string, number>()
    const going: Promise<void>[] = []
    let isTalking = true
    const mayGoOn = (): boolean => isTalking
    const send = async (text: string): Promise<void> => {
      const startedAt = performance.now()
      sentAt.set(text, startedAt)
      await from.command('message:send', { roomId, clientMessageId: randomUUID(), text })
      ackMs.push(performance.now() - startedAt)
    }
    const talking = (async () => {
      for (let n = 0; mayGoOn(); n++) {
        going.push(send(String(n)))
        await wait(everyMs)
      }
    })()
    return {
      sentAt,
      takeAcks: (): number[] => ackMs.splice(0),
      stop: async (): Promise<string[]> => {
        isTalking = false
        await talking
        await Promise.all(going)
        return [...sentAt.keys()]
      },
    }
  }
  /** How late each message came, in ms. */
  function lateness(to: Connected, sentAt: ReadonlyMap<string, number>): number[] {
    const late: number[] = []
    to.socket.on('room:event', (event: ServerEvent<'room:event'>) => {
      const at = event.kind === 'message-created' ? sentAt.get(event.message.text ?? '') : undefined
      if (at !== undefined) late.push(performance.now() - at)
    })
    return late
  }

  test('acknowledgements do not wait for a Redis that hangs', { timeout: 40_000 }, async () => {
    const roomId = await openRoom()
    const [adas, bobs] = [await connect(ada), await connect(bob)]
    const talking = talk(adas, roomId, 10)
    await wait(3_000)
    const before = talking.takeAcks()
    redis.pause()
    await wait(5_000)
    const during = talking.takeAcks()
    redis.resume()
    const sent = await talking.stop()
    await expectWhole(bobs, sent)
    const figures = { before: summary(before), during: summary(during) }
    console.log(`acknowledged, Redis there and hanging, ms: ${JSON.stringify(figures)}`)
    expect(during.length).toBeGreaterThan(before.length)
    expect(figures.during.p50).toBeLessThan(figures.before.p50 + 20)
    expect(figures.during.max).toBeLessThan(Math.max(1_000, 3 * figures.before.max))
  })

  test('five cut subscriptions under load: what was lost is there again', { timeout: 40_000 }, async () => {
    const roomId = await openRoom()
    const [adas, bobs] = [await connect(ada), await connect(bob)]
    // A subscriber like a gateway's, cut with them and not healed.
    const [witness, admin] = [new Redis(redis.url), new Redis(redis.url)]
    onTestFinished(() => [witness, admin].forEach((client) => client.disconnect()))
    const witnessed = new Set<string>()
    witness.on('smessage', (_channel: string, message: string) => {
      for (const [, text = ''] of message.matchAll(/"text":"(\d+)"/g)) witnessed.add(text)
    })
    await witness.ssubscribe(`socket.io#/#room:${roomId}#`)
    const talking = talk(adas, roomId, 4)
    const late = lateness(bobs, talking.sentAt)
    for (let cut = 0; cut < 5; cut++) {
      await wait(700)
      await admin.call('client', 'kill', 'type', 'pubsub')
    }
    await wait(700)
    const sent = await talking.stop()
    await expectWhole(bobs, sent)
    const lost = sent.filter((text) => !witnessed.has(text)).length
    console.log(`five cuts: ${JSON.stringify({ sent: sent.length, lost, missing: 0, late: summary(late) })}`)
    expect(summary(late).max).toBeLessThan(healMs)
  })

  test('Redis killed three times under load: everything is there again', { timeout: 60_000 }, async () => {
    const roomId = await openRoom()
    const [adas, bobs] = [await connect(ada), await connect(bob)]
    const talking = talk(adas, roomId, 4)
    const late = lateness(bobs, talking.sentAt)
    for (let kill = 0; kill < 3; kill++) {
      await wait(1_000)
      await redis.restart(300)
    }
    await wait(1_000)
    const sent = await talking.stop()
    await expectWhole(bobs, sent)
    console.log(`three kills: ${JSON.stringify({ sent: sent.length, late: summary(late) })}`)
    expect(summary(late).max).toBeLessThan(healMs)
  })

  const befriend = async (): Promise<void> => {
    await callAs(ada, 'PUT', `/api/friends/${bob.userId}`)
    await callAs(bob, 'PUT', `/api/friends/${ada.userId}`)
  }
  /** What ada sees change: a push that says what she knows already (bob became a friend) shows nothing. */
  const statusesOf = (watcher: Connected): string[] =>
    watcher
      .pushed<ServerEvent<'presence:changed'>>('presence:changed')
      .map(({ status }) => status)
      .filter((status, at, all) => status !== (all[at - 1] ?? 'offline'))
  const watchBob = async (watcher: Connected): Promise<string | undefined> =>
    (await watcher.command('presence:watch', { userIds: [bob.userId] })).states[0]?.status

  /** Ada watches; bob comes, and is told to be there. */
  async function comeToAda() {
    await befriend()
    const adas = await connect(ada)
    expect(await watchBob(adas)).toBe('offline')
    const bobs = await connect(bob)
    await expect.poll(() => statusesOf(adas), { timeout: healMs }).toEqual(['online'])
    return { adas, bobs }
  }

  test('with a window at each gateway, somebody is there until the last one closes', async () => {
    const { adas, bobs } = await comeToAda()
    const elsewhere = await connect(at(bob, product.urls[0]))
    bobs.socket.disconnect()
    // Longer than the grace and several sweeps of everybody.
    await wait(1_000)
    expect(statusesOf(adas)).toEqual(['online'])
    elsewhere.socket.disconnect()
    await expect.poll(() => statusesOf(adas)).toEqual(['online', 'offline'])
  })

  test('nobody seems to have gone because Redis began anew', { timeout: 30_000 }, async () => {
    const { adas, bobs } = await comeToAda()
    await redis.restart()
    await expect.poll(() => watchBob(adas).catch(() => undefined), { timeout: healMs }).toBe('online')
    await bobs.command('presence:set-visible', { isVisible: false })
    await expect.poll(() => statusesOf(adas).at(-1), { timeout: healMs }).toBe('away')
    expect(statusesOf(adas)).toEqual(['online', 'away'])
  })

  test('R13: the half-open socket of a window that came back elsewhere is closed', async () => {
    const old = await connect(bob)
    const [stays, closed] = [await connect(bob), closing(old)]
    await connect(at(bob, product.urls[0]), { previousConnectionId: old.ready.connectionId })
    await closed
    expect(stays.socket.connected).toBe(true)
  })

  test('a session that ends is over at both gateways within 1 s', async () => {
    const [here, there] = [await connect(bob), await connect(at(bob, product.urls[0]))]
    const closed = Promise.all([closing(here), closing(there)])
    const startedAt = performance.now()
    await callAs(bob, 'DELETE', `/api/auth/sessions/${bob.sessionId}`)
    await closed
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    for (const url of product.urls) expect((await callAs(at(bob, url), 'GET', '/api/me')).status).toBe(401)
  })
})

function summary(figures: readonly number[]): { p50: number; p99: number; max: number } {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
