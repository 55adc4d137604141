import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startMedia, type MediaStack } from './support/media-stack.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: calls over workers: no media worker on this machine')

const opus = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1_111 }],
  rtcp: { cname: 'a' },
}

describe.skipIf(workerBin === undefined)('a call over two workers', () => {
  let stack: MediaStack
  beforeEach(async () => {
    stack = await startMedia(workerBin ?? '', { MEDIA_ROUTER_PEERS: '2' })
  })
  afterEach(() => stack.close())

  /** Four devices in one call, all of which speak: the first two at one worker, the others at the next. */
  const startCall = async () => {
    const roomId = randomUUID()
    const people = []
    for (let count = 0; count < 4; count += 1) {
      const context = { traceId: 't', userId: randomUUID(), sessionId: randomUUID() }
      stack.members.add(`${roomId} ${context.userId}`)
      const joined = await stack.api.joinCall(context, { roomId, isVideo: true })
      const sound = { kind: 'audio', source: 'microphone', rtpParameters: opus, isPaused: false } as const
      const { producerId } = await stack.api.produce(context, { roomId, ...sound })
      people.push({ ...joined, context, producerId })
    }
    return { roomId, people }
  }

  test('everybody receives everybody, also who is at the other worker and who asks twice at once', async () => {
    const { roomId, people } = await startCall()
    for (const { context, rtpCapabilities } of people)
      for (const { producerId, context: sender } of people)
        if (sender !== context) {
          const request = { roomId, producerId, rtpCapabilities }
          const [one, other] = await Promise.all([
            stack.api.consume(context, request),
            stack.api.consume(context, request),
          ])
          expect(one.producerId).toBe(producerId)
          expect(other.consumerId).not.toBe(one.consumerId)
        }
    const [first, , third] = people
    if (first === undefined || third === undefined) throw new Error('four people')
    // Made anew at its worker, it is brought anew.
    const rtpParameters = { ...opus, encodings: [{ ssrc: 2_222 }] }
    const again = { kind: 'audio', source: 'microphone', rtpParameters, isPaused: false } as const
    const { producerId } = await stack.api.produce(third.context, { roomId, ...again })
    const { rtpCapabilities } = first
    await stack.api.consume(first.context, { roomId, producerId, rtpCapabilities })
    const gone = { roomId, producerId: third.producerId, rtpCapabilities }
    await expect(stack.api.consume(first.context, gone)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('when the further worker dies those at it join again and the others stay', async () => {
    const { roomId, people } = await startCall()
    const [, further] = stack.media.workerPids()
    if (further === undefined) throw new Error('two workers')
    process.kill(further, 'SIGKILL')
    const lostOf = (): string[] =>
      stack.told
        .filter(
          ({ roomId: room, change }) => room === roomId && change.kind === 'out' && change.reason === 'lost',
        )
        .map(({ to }) => to)
    await waitUntil(() => lostOf().length >= 2)
    const lost = new Set(lostOf())
    const staying = people.filter(({ peerId }) => !lost.has(peerId))
    expect(staying).toEqual(people.slice(0, 2))
    for (const { context, peerId } of staying) {
      const { peers } = await stack.api.keepCall(context, { roomId, peerId })
      expect(peers.map((peer) => peer.peerId)).toEqual(
        staying.map((other) => other.peerId).filter((other) => other !== peerId),
      )
    }
    await waitUntil(() => stack.media.workerPids().length === 2, { timeoutMs: 5_000 })
    for (const { context, peerId } of people)
      if (lost.has(peerId)) await stack.api.joinCall(context, { roomId, isVideo: true })
    const { call } = await stack.api.getCall(people[0]?.context ?? { traceId: 't' }, { roomId })
    expect(call?.userIds).toHaveLength(4)
  })
})
