import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMedia, type MediaStack } from './support/media-stack.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined)
  console.warn('left out: the call doctor’s paths: no media worker on this machine')

const dtlsParameters = {
  role: 'client' as const,
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
}

describe.skipIf(workerBin === undefined)('the call doctor’s paths', () => {
  let stack: MediaStack
  const asSomebody = () => ({ traceId: 't', userId: randomUUID(), sessionId: randomUUID() })
  beforeAll(async () => {
    stack = await startMedia(workerBin ?? '', {
      MEDIA_ANNOUNCED_ADDRESS: '192.0.2.7',
      MEDIA_TURN_URLS: 'turn:192.0.2.8:3478',
      MEDIA_TURN_SECRET: 'north',
    })
  })
  afterAll(() => stack.close())

  test('a path names the announced address, by UDP and by TCP, and the relay', async () => {
    const { offer, iceServers } = await stack.api.probePath(asSomebody(), { dtlsParameters })
    expect(offer.iceCandidates.map(({ address, protocol }) => `${protocol} ${address}`).toSorted()).toEqual([
      'tcp 192.0.2.7',
      'udp 192.0.2.7',
    ])
    expect(iceServers).toMatchObject([{ urls: ['turn:192.0.2.8:3478'] }])
  })

  test('a device that asks again gives up its last path; others are refused when there are too many', async () => {
    const ada = asSomebody()
    for (let times = 0; times < 40; times += 1) await stack.api.probePath(ada, { dtlsParameters })
    const asking = Array.from({ length: 40 }, () => stack.api.probePath(asSomebody(), { dtlsParameters }))
    const answers = await Promise.allSettled(asking)
    const refused = answers.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'unavailable' }) }),
    )
  })

  test('nobody anonymous opens a path', async () => {
    await expect(stack.api.probePath({ traceId: 't' }, { dtlsParameters })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })
})
