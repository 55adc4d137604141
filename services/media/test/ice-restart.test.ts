import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { createRandom } from '@our-now/testkit/random.ts'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindingRequest, type IcePath } from './support/bad-packets.ts'
import { startMedia, type MediaStack } from './support/media-stack.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: restarts of ICE: no media worker on this machine')

/** STUN's message types (RFC 8489, section 5, and figure 3). */
const answers: Readonly<Record<number, 'yes' | 'no'>> = { 0x0101: 'yes', 0x0111: 'no' }

/** Asks from an address of its own, as a device does that is in another network now. */
async function knock(path: IcePath, port: number, mostTries = 10): Promise<'yes' | 'no' | undefined> {
  const socket = createSocket('udp4')
  try {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const answered = once(socket, 'message', { signal: AbortSignal.timeout(300) })
      socket.send(bindingRequest(path, createRandom(tries + 1)), port, '127.0.0.1')
      const [answer]: unknown[] = await answered.catch(() => [])
      if (Buffer.isBuffer(answer)) return answers[answer.readUInt16BE(0)]
    }
    return undefined
  } finally {
    socket.close()
  }
}

describe.skipIf(workerBin === undefined)('a path of a real transport is restarted', () => {
  let stack: MediaStack
  beforeAll(async () => {
    stack = await startMedia(workerBin ?? '', { MEDIA_WORKERS: '1' })
  })
  afterAll(() => stack.close())

  test('the new names open it from another address, the old ones no longer; what is sent stays', async () => {
    const roomId = randomUUID()
    const ada = { traceId: 't', userId: randomUUID(), sessionId: randomUUID() }
    stack.members.add(`${roomId} ${ada.userId}`)
    const { sendTransport, receiveTransport, peerId } = await stack.api.joinCall(ada, {
      roomId,
      isVideo: true,
    })
    const { producerId } = await stack.api.produce(ada, {
      roomId,
      kind: 'audio',
      source: 'microphone',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
        encodings: [{ ssrc: 1_111 }],
        rtcp: { cname: 'a' },
      },
      isPaused: false,
    })
    const open = await stack.media.countOpen()
    for (const { transportId, iceParameters, iceCandidates } of [sendTransport, receiveTransport]) {
      const port = iceCandidates.find(({ protocol }) => protocol === 'udp')?.port ?? 0
      expect(await knock(iceParameters, port)).toBe('yes')
      const restarted = await stack.api.restartIce(ada, { roomId, transportId })
      expect(restarted.iceParameters.usernameFragment).not.toBe(iceParameters.usernameFragment)
      expect(await knock(restarted.iceParameters, port)).toBe('yes')
      // Not even an error that says whose it is.
      expect(await knock(iceParameters, port, 2)).not.toBe('yes')
      const wrong = { ...restarted.iceParameters, password: 'x'.repeat(32) }
      expect(await knock(wrong, port, 2)).not.toBe('yes')
    }
    expect(await stack.media.countOpen()).toEqual(open)
    await stack.api.keepCall(ada, { roomId, peerId })
    await stack.api.setProducer(ada, { roomId, producerId, state: 'paused' })
  })
})
