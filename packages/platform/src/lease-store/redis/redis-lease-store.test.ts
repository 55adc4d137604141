import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
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
      open: async () => createRedisLeaseStore(new Redis(infra.redis.url), { prefix, offsetMs: () => offset }),
      pass: async (ms) => {
        offset += ms
      },
    }
  })

  test('two replicas share leases and budgets', async () => {
    const [one, two] = await Promise.all([open(), open()])
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
    const store = createRedisLeaseStore(redis, { prefix })
    await store.hold('ada', 'phone', 1_000, 'v')
    await store.take('address', { perSecond: 1, burst: 5 })
    const keys = await redis.keys(`${prefix}:*`)
    expect(keys).toHaveLength(3)
    for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0)
    await store.close()
  })

  const open = () => openLeaseStore(infra.redis.url, { clock: systemClock, log })
})

test('nobody there: one sentence with the setting', async () => {
  await expect(openLeaseStore('redis://127.0.0.1:1', { clock: systemClock, log })).rejects.toThrow(
    /^LEASE_STORE_URL: no Redis answers at 127\.0\.0\.1:1/,
  )
})
