import { mediaContract } from '@our-now/contracts/media.ts'
import { mediaPlacesContract } from '@our-now/contracts/media-places.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { createScope } from '@our-now/platform/lifecycle/create-scope.ts'
import { serveOverHttp } from '@our-now/platform/service-call/serve-over-http.ts'
import { findFreePort } from '@our-now/testkit/infra/free-port.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOtherNodes } from '../src/nodes/other-nodes.ts'
import { startMedia, type MediaStack } from './support/media-stack.ts'
import { countMedia } from './support/count-media.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: churn over nodes: no media worker on this machine')

const cycles = 100
const sound = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1_111 }],
  rtcp: { cname: 'a' },
}

describe.skipIf(workerBin === undefined || process.platform !== 'linux')(
  'joining and leaving over two nodes',
  () => {
    const scope = createScope()
    const counted = countMedia()
    const stacks: MediaStack[] = []
    const people = [0, 1].map(() => ({ traceId: 't', userId: randomUUID(), sessionId: randomUUID() }))
    const roomId = randomUUID()

    beforeAll(async () => {
      const log = createTestLog()
      const serviceToken = createSecret('t'.repeat(32))
      const leases = scope.own(await openLeaseStore('memory:', { clock, log }))
      for (const port of [await findFreePort(), await findFreePort()]) {
        const others = scope.own(createOtherNodes({ serviceToken, clock }))
        const settings = { MEDIA_WORKERS: '1', MEDIA_NODE_PEERS: '1', MEDIA_CHECK_INTERVAL_MS: '10000' }
        const nodes = {
          url: `http://127.0.0.1:${port}`,
          openNode: others.open,
          openPlaces: others.openPlaces,
        }
        const stack = await startMedia(workerBin ?? '', settings, leases, { nodes })
        scope.own(stack)
        stacks.push(stack)
        const { nodeApi, placesApi } = stack.media
        const unreadyReason = () => undefined
        const services = [
          { name: 'media-node', contract: mediaContract, api: nodeApi, unreadyReason },
          { name: 'media-places', contract: mediaPlacesContract, api: placesApi, unreadyReason },
        ]
        scope.own(await serveOverHttp({ services, host: '127.0.0.1', port, serviceToken, clock, log }))
        for (const { userId } of people) stack.members.add(`${roomId} ${userId}`)
      }
    })
    afterAll(() => scope.stop())

    const two = (): [MediaStack, MediaStack] => {
      const [one, other] = stacks
      if (one === undefined || other === undefined) throw new Error('two nodes')
      return [one, other]
    }
    /** Open files of both workers: sockets are among them. */
    const countFiles = async (): Promise<number> => {
      let files = 0
      for (const { media } of stacks)
        for (const pid of media.workerPids()) files += (await readdir(`/proc/${pid}/fd`)).length
      return files
    }
    const nothing = { routers: 0, transports: 0, producers: 0, consumers: 0 }
    /** One joins and speaks. */
    async function speak(who: (typeof people)[number]) {
      const { api } = two()[0]
      const { rtpCapabilities } = await api.joinCall(who, { roomId, isVideo: true })
      const { producerId } = await api.produce(who, {
        roomId,
        kind: 'audio',
        source: 'microphone',
        rtpParameters: sound,
        isPaused: false,
      })
      return { who, producerId, rtpCapabilities }
    }
    type Speaker = Awaited<ReturnType<typeof speak>>
    async function hear({ who, rtpCapabilities }: Speaker, { producerId }: Speaker): Promise<void> {
      const { api } = two()[0]
      const { consumerId } = await api.consume(who, { roomId, producerId, rtpCapabilities })
      await api.setConsumer(who, { roomId, consumerId, isPaused: false })
    }
    const leave = ({ who }: Speaker) => two()[0].api.leaveCall(who, { roomId })
    const both = () => {
      const [ada, bora] = people
      if (ada === undefined || bora === undefined) throw new Error('two people')
      return { ada, bora }
    }
    const settledAt = (left: ReturnType<typeof counted>) =>
      waitUntil(() => JSON.stringify(counted()) === JSON.stringify(left))
    /** Two meet, each at a node of their own, hear each other, and leave. @returns what both nodes held meanwhile */
    async function cycle(round: number) {
      const { ada, bora } = both()
      const [one, other] = [await speak(ada), await speak(bora)]
      await hear(one, other)
      await hear(other, one)
      const open = counted()
      for (const each of round % 2 === 0 ? [one, other] : [other, one]) await leave(each)
      return open
    }

    test(
      'leaves no router, transport, producer, consumer, pipe or port behind',
      { timeout: 120_000 },
      async () => {
        const [, lender] = two()
        // Nodes see each other only after their first signs of life.
        await waitUntil(async () => (await cycle(0)).routers === 2)
        await settledAt(nothing)
        const filesBefore = await countFiles()
        for (let round = 0; round < cycles; round += 1) {
          // Each node has one router, two transports of a device and an end of the pipe. Each sound: at its origin, at the
          // other end, and received by the pipe and by the other device.
          expect(await cycle(round)).toEqual({ routers: 2, transports: 6, producers: 4, consumers: 4 })
          await settledAt(nothing)
        }
        expect(await lender.media.countOpen()).toEqual({ routers: 0, transports: 0, iceNames: 0 })
        expect(await countFiles()).toBe(filesBefore)
      },
    )

    test('in a call that goes on, who leaves takes along what was opened and brought for them', async () => {
      const { ada, bora } = both()
      const stays = await speak(ada)
      for (let round = 0; round < cycles; round += 1) {
        const comes = await speak(bora)
        await hear(stays, comes)
        await hear(comes, stays)
        await leave(comes)
        // What stays is the place, the pipe, and the sound of who stays at its other end.
        await settledAt({ routers: 2, transports: 4, producers: 2, consumers: 1 })
      }
      await leave(stays)
      await settledAt(nothing)
    })
  },
)
