import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startNodes, type MediaNodes, type NodeProcess } from './support/media-nodes.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: a call over two nodes: no media worker on this machine')

/** From the death of a node until a device is in the call again, in ms. */
const backWithinMs = 8_000
const sound = {
  kind: 'audio' as const,
  source: 'microphone' as const,
  rtpParameters: {
    codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc: 1_111 }],
    rtcp: { cname: 'a' },
  },
  isPaused: false,
}
const somebody = () => ({ traceId: 't', userId: randomUUID(), sessionId: randomUUID() })
type Somebody = ReturnType<typeof somebody>

await describeWithInfra(['redis'], 'a call over two media nodes', (infra) => {
  describe.skipIf(workerBin === undefined)('each of which takes one device', () => {
    let stack: MediaNodes
    let roomId = ''
    beforeEach(async () => {
      // The owner of an ended test was killed too: for as long as its lease, its room's call counts as there.
      roomId = randomUUID()
      stack = await startNodes(infra.redis.url, workerBin ?? '', { MEDIA_NODE_PEERS: '1' })
    })
    afterEach(() => stack.close())

    const join = (who: Somebody) => stack.both.joinCall(who, { roomId, isVideo: true })
    const speak = async (who: Somebody) => {
      const joined = await join(who)
      const { producerId } = await stack.both.produce(who, { roomId, ...sound })
      return { ...joined, who, producerId }
    }
    /** The port that a device was told to come to: each node has one worker with one. */
    const portOf = ({ sendTransport }: Awaited<ReturnType<typeof join>>): number =>
      sendTransport.iceCandidates[0]?.port ?? 0
    const owner = async (): Promise<[NodeProcess, NodeProcess]> => {
      const [one, other] = stack.nodes
      if (one === undefined || other === undefined) throw new Error('two nodes')
      const { call } = await one.own.getCall(somebody(), { roomId })
      return call === undefined ? [other, one] : [one, other]
    }
    /** Two speak at different nodes and receive each other. */
    const meet = async () => {
      // Nodes see each other only after their first signs of life.
      const here = await speak(somebody())
      const bora = somebody()
      let there = await speak(bora)
      await waitUntil(async () => {
        if (portOf(there) !== portOf(here)) return true
        await stack.both.leaveCall(bora, { roomId })
        there = await speak(bora)
        return false
      })
      const { rtpCapabilities } = here
      for (const [one, other] of [
        [here, there],
        [there, here],
      ] as const) {
        const request = { roomId, producerId: other.producerId, rtpCapabilities }
        const { consumerId } = await stack.both.consume(one.who, request)
        await stack.both.setConsumer(one.who, { roomId, consumerId, isPaused: false })
      }
      return { here, there }
    }

    test('when the one that lends dies its devices join again, and the others stay', async () => {
      const { here, there } = await meet()
      const [, lender] = await owner()
      lender.signal('SIGKILL')
      const killedAt = performance.now()
      const isGone = () =>
        stack.both.keepCall(there.who, { roomId, peerId: there.peerId }).then(
          () => false,
          (error: { code?: string }) => error.code === 'call_not_found',
        )
      await waitUntil(isGone, { timeoutMs: backWithinMs })
      const kept = { roomId, peerId: here.peerId }
      expect(await stack.both.keepCall(here.who, kept)).toMatchObject({ peers: [] })
      const again = await speak(there.who)
      console.log(`joined again ${Math.round(performance.now() - killedAt)} ms after kill -9 of the lender`)
      expect(again.epoch).toBe(here.epoch)
      expect(again.callId).toBe(here.callId)
      const { rtpCapabilities } = again
      await stack.both.consume(there.who, { roomId, producerId: here.producerId, rtpCapabilities })
      const { peers } = await stack.both.keepCall(here.who, kept)
      expect(peers.map(({ peerId }) => peerId)).toEqual([again.peerId])
    })

    test('when the one that has the call dies the other takes it over, and everybody joins again', async () => {
      const { here, there } = await meet()
      const [killed] = await owner()
      killed.signal('SIGKILL')
      const killedAt = performance.now()
      let again = there
      const rejoin = async (): Promise<boolean> => {
        again = await speak(there.who)
        return true
      }
      await waitUntil(rejoin, { timeoutMs: backWithinMs })
      console.log(`joined again ${Math.round(performance.now() - killedAt)} ms after kill -9 of the owner`)
      expect(again.epoch).toBe(here.epoch + 1)
      expect(again.callId).toBe(here.callId)
      expect(again.peers).toEqual([])
      await speak(here.who)
      const { peers } = await stack.both.keepCall(there.who, { roomId, peerId: again.peerId })
      expect(peers.map(({ userId }) => userId)).toEqual([here.who.userId])
    })
  })
})
