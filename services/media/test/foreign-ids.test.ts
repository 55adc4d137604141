import { mediaContract, type MediaApi } from '@our-now/contracts/media.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMedia, type MediaStack } from './support/media-stack.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: foreign ids: no media worker on this machine')

const sound = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1_111 }],
  rtcp: { cname: 'a' },
}
const fingerprint = {
  algorithm: 'sha-256' as const,
  value: Array.from({ length: 32 }, () => 'AB').join(':'),
}

/** What somebody has in a call. */
interface Place {
  readonly context: CallContext
  readonly roomId: string
  readonly joined: Awaited<ReturnType<MediaApi['joinCall']>>
  readonly producerId: string
  readonly consumerId: string
}

/** The operations that name something inside a call, asked by `who` of `room` about what `owner` has. */
const asking = {
  connectTransport: (api, who, roomId, { joined }) =>
    api.connectTransport(who, {
      roomId,
      transportId: joined.sendTransport.transportId,
      dtlsParameters: { role: 'client', fingerprints: [fingerprint] },
    }),
  restartIce: (api, who, roomId, { joined }) =>
    api.restartIce(who, { roomId, transportId: joined.receiveTransport.transportId }),
  setProducer: (api, who, roomId, { producerId }) =>
    api.setProducer(who, { roomId, producerId, state: 'closed' }),
  consume: (api, who, roomId, { producerId, joined: { rtpCapabilities } }) =>
    api.consume(who, { roomId, producerId, rtpCapabilities }),
  setConsumer: (api, who, roomId, { consumerId }) =>
    api.setConsumer(who, { roomId, consumerId, isPaused: true }),
} as const satisfies Partial<
  Record<keyof MediaApi, (api: MediaApi, who: CallContext, roomId: string, owner: Place) => Promise<unknown>>
>

describe.skipIf(workerBin === undefined)('what belongs to somebody else', () => {
  let stack: MediaStack
  let owner: Place
  let stranger: Place
  beforeAll(async () => {
    stack = await startMedia(workerBin ?? '', { MEDIA_WORKERS: '1' })
    owner = await aPlace()
    stranger = await aPlace()
  })
  afterAll(() => stack.close())

  /** Somebody in a call of two, who sends and receives. */
  async function aPlace(): Promise<Place> {
    const roomId = randomUUID()
    const [context, other] = [0, 1].map(() => ({
      traceId: 't',
      userId: randomUUID(),
      sessionId: randomUUID(),
    }))
    if (context === undefined || other === undefined) throw new Error('two people')
    for (const { userId } of [context, other]) stack.members.add(`${roomId} ${userId}`)
    const produce = {
      roomId,
      kind: 'audio',
      source: 'microphone',
      rtpParameters: sound,
      isPaused: false,
    } as const
    const joined = await stack.api.joinCall(context, { roomId, isVideo: true })
    await stack.api.joinCall(other, { roomId, isVideo: true })
    const { producerId } = await stack.api.produce(context, produce)
    const others = await stack.api.produce(other, produce)
    const { rtpCapabilities } = joined
    const heard = { roomId, producerId: others.producerId, rtpCapabilities }
    const { consumerId } = await stack.api.consume(context, heard)
    return { context, roomId, joined, producerId, consumerId }
  }

  test('every operation that names a transport, producer or consumer is asked here', () => {
    const named = Object.entries(mediaContract).filter(([, { request }]) =>
      ['transportId', 'producerId', 'consumerId'].some((id) => id in request.properties),
    )
    expect(named.map(([name]) => name).toSorted()).toEqual(Object.keys(asking).toSorted())
  })

  test.each(Object.entries(asking))('%s: of another call it is not found', async (_name, ask) => {
    const { context, roomId } = stranger
    await expect(ask(stack.api, context, roomId, owner)).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each(Object.entries(asking))(
    '%s: in a call that one is not in there is no call',
    async (_name, ask) => {
      const asked = ask(stack.api, stranger.context, owner.roomId, owner)
      await expect(asked).rejects.toMatchObject({ code: 'call_not_found' })
    },
  )

  test.each(Object.entries(asking))(
    '%s: another user at the same device has no place',
    async (_name, ask) => {
      const taken = { ...owner.context, userId: stranger.context.userId ?? '' }
      await expect(ask(stack.api, taken, owner.roomId, owner)).rejects.toMatchObject({
        code: 'call_not_found',
      })
    },
  )

  test('after all of it the owner still has everything', async () => {
    const { context, roomId, consumerId, producerId, joined } = owner
    await stack.api.setConsumer(context, { roomId, consumerId, isPaused: false })
    await stack.api.setProducer(context, { roomId, producerId, state: 'on' })
    await stack.api.restartIce(context, { roomId, transportId: joined.sendTransport.transportId })
  })
})
