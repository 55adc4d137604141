import { describeWithInfra, describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import { startRedis } from '@our-now/testkit/infra/redis.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../clock/clock.ts'
import { createLogger } from '../../logging/logger.ts'
import { describeLeaseStore } from '../lease-store.suite.ts'
import { openLeaseStore } from '../open-lease-store.ts'
import { createRedisLeaseStore } from './redis-lease-store.ts'

const log = createLogger('silent')

await describeWithInfra(['redis'], 'leases on Redis', (infra) => {
  describeLeaseStore('redis', async () => {
    const prefix = `test-${randomUUID()}`
    let offset = 0
    return {
      clock: systemClock,
      open: async () =>
        createRedisLeaseStore(new Redis(infra.redis.url), {
          prefix,
          offsetMs: () => offset,
          // What is tested is counting, on a machine that may be busy.
          takeWithinMs: 5_000,
          leaseWithinMs: 5_000,
        }),
      pass: async (ms) => {
        offset += ms
      },
    }
  })

  test('two replicas share leases and budgets', async () => {
    const [one, two] = [openPatient(), openPatient()]
    const key = randomUUID()
    expect(await one.hold(key, 'phone', 5_000, 'visible')).toEqual({ wasEmpty: true })
    expect(await two.hold(key, 'desk', 5_000)).toEqual({ wasEmpty: false })
    expect((await two.list([key])).get(key)).toHaveLength(2)
    const budget = { perSecond: 0.01, burst: 3 }
    const waits = await Promise.all([one, two, one, two].map((store) => store.take(key, budget)))
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(3)
    await Promise.all([one.close(), two.close()])
  })

  test('nothing stays for ever', async () => {
    const prefix = `test-${randomUUID()}`
    const redis = new Redis(infra.redis.url)
    const store = createRedisLeaseStore(redis, { prefix, takeWithinMs: 5_000 })
    await store.hold('ada', 'phone', 1_000, 'v')
    await store.take('address', { perSecond: 1, burst: 5 })
    const keys = await redis.keys(`${prefix}:*`)
    expect(keys).toHaveLength(3)
    for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0)
    await store.close()
  })

  test('more leases than a call has arguments end at once', async () => {
    const store = openPatient()
    const key = randomUUID()
    const many = Array.from({ length: 9_000 }, (_, at) => ({ key, member: String(at), ttlMs: 1 }))
    await store.holdMany(many)
    await waitUntil(async () => (await store.list([key])).get(key)?.length === 0)
    expect(await store.hold(key, 'phone', 1_000)).toEqual({ wasEmpty: true })
    expect(await store.release(key, 'phone')).toEqual({ isEmpty: true })
    await store.close()
  })

  const openPatient = () =>
    createRedisLeaseStore(new Redis(infra.redis.url), { takeWithinMs: 5_000, leaseWithinMs: 5_000 })
})

describeWithPrograms(['redis'], 'while Redis is away', () => {
  test('leases are unavailable at once, budgets go on by themselves; all is well when it is back', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'our-now-redis-'))
    const server = await startRedis({ dataDir })
    const store = await openLeaseStore(server.url, { clock: systemClock, log })
    onTestFinished(async () => {
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    })
    const budget = { perSecond: 0.01, burst: 2 }
    const take = () => store.take('address', budget)
    expect(await take()).toBe(0)
    await server.kill()
    await expect(store.hold('ada', 'phone', 1_000)).rejects.toMatchObject({ code: 'unavailable' })
    expect([await take(), await take()]).toEqual([0, 0])
    expect(await take()).toBeGreaterThan(0)
    const again = await startRedis({ dataDir, port: server.port })
    onTestFinished(() => again.stop())
    await waitUntil(async () => {
      const held = await store.hold('ada', 'phone', 1_000).catch(() => undefined)
      return held !== undefined
    })
  })
})

describeWithPrograms(['redis'], 'while Redis hangs', () => {
  test('one caller waits a moment, then nobody waits; leases go on by themselves when it is back', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'our-now-redis-'))
    const server = await startRedis({ dataDir })
    const store = await openLeaseStore(server.url, { clock: systemClock, log })
    onTestFinished(async () => {
      await store.close()
      await server.kill()
      await rm(dataDir, { recursive: true, force: true })
    })
    const budget = { perSecond: 1_000, burst: 1_000 }
    await store.hold('ada', 'phone', 60_000)
    process.kill(server.pid ?? 0, 'SIGSTOP')
    expect(await store.take('ada', budget)).toBe(0)
    await expect(store.hold('ada', 'desk', 1_000)).rejects.toMatchObject({ code: 'unavailable' })
    const startedAt = performance.now()
    for (let n = 0; n < 500; n++) expect(await store.take('ada', budget)).toBe(0)
    await expect(store.hold('ada', 'desk', 1_000)).rejects.toMatchObject({ code: 'unavailable' })
    expect(performance.now() - startedAt).toBeLessThan(500)
    process.kill(server.pid ?? 0, 'SIGCONT')
    await waitUntil(async () => {
      const listed = await store.list(['ada']).catch(() => undefined)
      return listed?.get('ada')?.some(({ member }) => member === 'phone') === true
    })
  })
})

test('nobody there: one sentence with the setting', async () => {
  await expect(openLeaseStore('redis://127.0.0.1:1', { clock: systemClock, log })).rejects.toThrow(
    /^LEASE_STORE_URL: no Redis answers at 127\.0\.0\.1:1/,
  )
})
