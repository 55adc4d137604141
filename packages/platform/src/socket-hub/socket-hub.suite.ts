import { channels, type HubEvents } from '@our-now/contracts/socket.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SocketHub } from './socket-hub.ts'
import { openTestGateway, type TestGateway } from './test-gateway.ts'

export interface HubPair {
  /** Two ends of one hub: what the services publish on, and what the gateways hang on. In one process the same. */
  readonly publisher: SocketHub
  readonly subscriber: SocketHub
  /**
   * Resolves when everything published so far has reached the gateways, also when it reached nobody, and every channel
   * joined so far is heard.
   */
  settle(): Promise<void>
}

const roomId = '018f0000-0000-7000-8000-000000000001'
const moved = (cursorRev: number): HubEvents['cursors:moved'] => ({
  roomId,
  cursorRev,
  fromRev: cursorRev,
  moves: [],
})

/** What holds for every hub. */
export function describeSocketHub(name: string, open: () => Promise<HubPair>): void {
  describe(`socket hub: ${name}`, () => {
    let hubs: HubPair
    let left: TestGateway
    let right: TestGateway
    beforeEach(async () => {
      hubs = await open()
      left = await openTestGateway(hubs.subscriber, {
        route: ({ channel, name: event, payload }, io) => io.local.to(channel).emit(event, payload),
      })
      right = await openTestGateway(hubs.subscriber)
    })
    afterEach(async () => {
      await left.close()
      await right.close()
      await hubs.publisher.close()
      await hubs.subscriber.close()
    })
    const channel = channels.openRoom(roomId)
    const publish = (rev: number): void => hubs.publisher.publish(channel, 'cursors:moved', moved(rev))

    test('a publish reaches the gateways that hold the channel, whole and in order', async () => {
      await left.join([channel])
      await hubs.settle()
      for (let rev = 1; rev <= 50; rev++) publish(rev)
      await hubs.settle()
      expect(left.routed).toEqual(
        Array.from({ length: 50 }, (_, at) => ({ channel, name: 'cursors:moved', payload: moved(at + 1) })),
      )
      expect(right.routed).toEqual([])
    })

    test('stock clients of several gateways receive what their gateway emits for it', async () => {
      const { client } = await left.join([channel])
      const { client: other } = await left.join([channels.openRoom('another')])
      const received: unknown[] = []
      const ofOther: unknown[] = []
      client.on('cursors:moved', (payload) => received.push(payload))
      other.on('cursors:moved', (payload) => ofOther.push(payload))
      await hubs.settle()
      for (let rev = 1; rev <= 20; rev++) publish(rev)
      await hubs.settle()
      await expect.poll(() => received).toEqual(Array.from({ length: 20 }, (_, at) => moved(at + 1)))
      expect(ofOther).toEqual([])
    })

    test('a channel that the last socket left is not routed any more', async () => {
      const { socket } = await right.join([channel])
      await socket.leave(channel)
      await hubs.settle()
      publish(1)
      await hubs.settle()
      expect(right.routed).toEqual([])
    })

    test('a gateway that fails to route disturbs neither the publisher nor the others', async () => {
      const broken = await openTestGateway(hubs.subscriber, {
        route: () => {
          throw new Error('no way')
        },
      })
      await broken.join([channel])
      await right.join([channel])
      await hubs.settle()
      expect(() => publish(1)).not.toThrow()
      await hubs.settle()
      expect(right.routed).toHaveLength(1)
      await broken.close()
    })

    test('after detach nothing is routed', async () => {
      await right.join([channel])
      await hubs.settle()
      right.attachment.detach()
      publish(1)
      await hubs.settle()
      expect(right.routed).toEqual([])
    })

    test('publishing after close is harmless', async () => {
      await hubs.publisher.close()
      expect(() => publish(1)).not.toThrow()
    })
  })
}
