import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startNodes, type MediaNodes, type NodeProcess } from './support/media-nodes.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: media nodes: no media worker on this machine')

/** From the death of a node until a device is in the call again, in ms. */
const backWithinMs = 8_000

const somebody = () => ({ traceId: 't', userId: randomUUID(), sessionId: randomUUID() })

await describeWithInfra(['redis'], 'media nodes', (infra) => {
  describe.skipIf(workerBin === undefined)('two of them', () => {
    let stack: MediaNodes
    beforeAll(async () => {
      stack = await startNodes(infra.redis.url, workerBin ?? '')
    })
    afterAll(() => stack.close())

    const two = (): [NodeProcess, NodeProcess] => {
      const [one, other] = stack.nodes
      if (one === undefined || other === undefined) throw new Error('two nodes')
      return [one, other]
    }
    const hasCall = async ({ own }: NodeProcess, roomId: string): Promise<boolean> =>
      (await own.getCall(somebody(), { roomId })).call !== undefined
    /** The node that has the call, then the other one. */
    const byOwner = async (roomId: string): Promise<[NodeProcess, NodeProcess]> => {
      const [one, other] = two()
      return (await hasCall(one, roomId)) ? [one, other] : [other, one]
    }

    test('asked for the same room at the same time they have one call between them', async () => {
      const [one, other] = two()
      for (let round = 0; round < 25; round += 1) {
        const roomId = randomUUID()
        const [ada, bora] = [somebody(), somebody()]
        const [adas, boras] = await Promise.all([
          one.api.joinCall(ada, { roomId, isVideo: true }),
          other.api.joinCall(bora, { roomId, isVideo: true }),
        ])
        expect(boras.callId).toBe(adas.callId)
        const owns = await Promise.all([hasCall(one, roomId), hasCall(other, roomId)])
        expect(owns.filter(Boolean)).toHaveLength(1)
        const { call } = await one.api.getCall(ada, { roomId })
        expect(call?.userIds.toSorted()).toEqual([ada.userId, bora.userId].toSorted())
        await other.api.leaveCall(ada, { roomId })
        await one.api.leaveCall(bora, { roomId })
        expect(await hasCall(one, roomId)).toBe(false)
        expect(await hasCall(other, roomId)).toBe(false)
      }
    })

    test('every operation finds the call through either node', async () => {
      const roomId = randomUUID()
      const ada = somebody()
      const { peerId, sendTransport } = await stack.both.joinCall(ada, { roomId, isVideo: true })
      for (const { api } of stack.nodes) {
        await api.keepCall(ada, { roomId, peerId })
        await api.raiseHand(ada, { roomId, isHandRaised: true })
        await api.restartIce(ada, { roomId, transportId: sendTransport.transportId })
      }
      await stack.both.leaveCall(ada, { roomId })
    })

    /** Whether a new call that is asked of one node begins at the other one. */
    const goesOver = async (asked: NodeProcess, other: NodeProcess): Promise<boolean> => {
      const roomId = randomUUID()
      const ada = somebody()
      await asked.api.joinCall(ada, { roomId, isVideo: true })
      const isThere = await hasCall(other, roomId)
      await other.api.leaveCall(ada, { roomId })
      return isThere
    }
    /** Eight devices speak at one of the two until `end`, and new calls begin at the other one. */
    const keepOneBusy = async () => {
      const [{ api }] = two()
      const busyRoom = randomUUID()
      const devices = Array.from({ length: 8 }, somebody)
      const sound = {
        codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
        rtcp: { cname: 'a' },
      }
      for (const [ssrc, each] of devices.entries()) {
        await api.joinCall(each, { roomId: busyRoom, isVideo: false })
        await api.produce(each, {
          roomId: busyRoom,
          kind: 'audio',
          source: 'microphone',
          rtpParameters: { ...sound, encodings: [{ ssrc: ssrc + 1 }] },
          isPaused: false,
        })
      }
      const [busy, calm] = await byOwner(busyRoom)
      await waitUntil(() => goesOver(busy, calm), { timeoutMs: 5_000 })
      const end = async (): Promise<void> => {
        for (const each of devices) await api.leaveCall(each, { roomId: busyRoom })
      }
      return { busy, calm, end }
    }
    test('a new call begins where there is less to do', async () => {
      const { end } = await keepOneBusy()
      await end()
    })

    test('a node that stood still gives its call up to the one that took it over', async () => {
      const roomId = randomUUID()
      const ada = somebody()
      const before = await stack.both.joinCall(ada, { roomId, isVideo: true })
      const [stopped, taker] = await byOwner(roomId)
      const stoppedAt = performance.now()
      stopped.signal('SIGSTOP')
      let after = before
      try {
        await waitUntil(
          async () => {
            after = await taker.api.joinCall(ada, { roomId, isVideo: true })
            return true
          },
          { timeoutMs: 15_000 },
        )
        console.log(`taken over ${Math.round(performance.now() - stoppedAt)} ms after the node stood still`)
      } finally {
        stopped.signal('SIGCONT')
      }
      expect(after.epoch).toBe(before.epoch + 1)
      // The very first thing that it is asked after waking.
      expect(await hasCall(stopped, roomId)).toBe(false)
      const old = { roomId, peerId: before.peerId }
      await expect(stopped.api.keepCall(ada, old)).rejects.toMatchObject({ code: 'call_not_found' })
      await stopped.api.keepCall(ada, { roomId, peerId: after.peerId })
      const { call } = await stopped.api.getCall(ada, { roomId })
      expect(call).toMatchObject({ callId: after.callId, userIds: [ada.userId] })
    })

    test('after kill -9 of a node its call is joined again on the other one, without a ghost', async () => {
      const roomId = randomUUID()
      const [ada, bora] = [somebody(), somebody()]
      const { busy: left, calm: killed } = await keepOneBusy()
      const before = await stack.both.joinCall(ada, { roomId, isVideo: true })
      await stack.both.joinCall(bora, { roomId, isVideo: true })
      expect(await hasCall(killed, roomId)).toBe(true)
      killed.signal('SIGKILL')
      const killedAt = performance.now()
      // The dead one still counts as the one with less to do.
      await left.api.joinCall(somebody(), { roomId: randomUUID(), isVideo: true })
      let after = before
      const rejoin = async (): Promise<boolean> => {
        after = await stack.both.joinCall(ada, { roomId, isVideo: true })
        return true
      }
      await waitUntil(rejoin, { timeoutMs: backWithinMs })
      console.log(`joined again ${Math.round(performance.now() - killedAt)} ms after kill -9 of the node`)
      expect(performance.now() - killedAt).toBeLessThan(backWithinMs)
      expect(after.epoch).toBe(before.epoch + 1)
      expect(after.peers).toEqual([])
      expect(await hasCall(left, roomId)).toBe(true)
    })
  })
})
