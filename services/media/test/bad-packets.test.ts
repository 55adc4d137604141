import { createRandom } from '@our-now/testkit/random.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { createWorker } from 'mediasoup'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routerCodecs } from '../src/workers/router-codecs.ts'
import { bindingRequest, spoil, wholePackets, type IcePath } from './support/bad-packets.ts'
import { startMedia, type MediaStack } from './support/media-stack.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: bad packets: no media worker on this machine')

const packetCount = 20_000
/** After so many it is made sure that the worker has kept up and still answers. */
const burst = 250
const host = '127.0.0.1'

describe.skipIf(workerBin === undefined)('malformed packets', () => {
  let stack: MediaStack
  beforeAll(async () => {
    stack = await startMedia(workerBin ?? '', { MEDIA_WORKERS: '1', MEDIA_SILENCE_MS: '600000' })
  })
  afterAll(() => stack.close())

  /** A transport that waits for its client: how it is reached, and its ports. */
  async function aTransport(): Promise<{ path: IcePath; udp: number; tcp: number }> {
    const roomId = randomUUID()
    const ada = { traceId: 't', userId: randomUUID(), sessionId: randomUUID() }
    stack.members.add(`${roomId} ${ada.userId}`)
    const { sendTransport } = await stack.api.joinCall(ada, { roomId, isVideo: true })
    const portOf = (protocol: string): number => {
      const found = sendTransport.iceCandidates.find((candidate) => candidate.protocol === protocol)
      if (found === undefined) throw new Error(`no port for ${protocol}`)
      return found.port
    }
    const fingerprints = [
      { algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => 'AB').join(':') },
    ]
    const { transportId, iceParameters } = sendTransport
    // From here on the transport takes DTLS records from the path that STUN has proven.
    const dtlsParameters = { role: 'client' as const, fingerprints }
    await stack.api.connectTransport(ada, { roomId, transportId, dtlsParameters })
    return { path: iceParameters, udp: portOf('udp'), tcp: portOf('tcp') }
  }

  /** Asks until an answer comes: a busy machine loses packets. */
  async function expectAnswer(socket: Socket, port: number, request: () => Buffer): Promise<void> {
    for (let tries = 0; tries < 50; tries += 1) {
      const answered = once(socket, 'message', { signal: AbortSignal.timeout(200) })
      socket.send(request(), port, host)
      if (
        await answered.then(
          () => true,
          () => false,
        )
      )
        return
    }
    throw new Error('the worker no longer answers')
  }

  test('20,000 of STUN, DTLS, RTP and RTCP at the UDP port: the worker stays up and answers', async () => {
    const { path, udp } = await aTransport()
    const [pid] = stack.media.workerPids()
    const random = createRandom(1)
    const socket = createSocket('udp4')
    const request = (): Buffer => bindingRequest(path, random)
    try {
      await expectAnswer(socket, udp, request)
      for (let sent = 1; sent <= packetCount; sent += 1) {
        const whole = [request(), ...wholePackets][Math.floor(random() * (wholePackets.length + 1))]
        if (whole !== undefined) socket.send(spoil(whole, random), udp, host)
        if (sent % burst === 0) await expectAnswer(socket, udp, request)
      }
    } finally {
      socket.close()
    }
    expect(stack.media.workerPids()).toEqual([pid])
  })

  test('10,000 over TCP, framed and unframed, on 200 connections: the worker stays up', async () => {
    const { path, udp, tcp } = await aTransport()
    const [pid] = stack.media.workerPids()
    const random = createRandom(2)
    for (let round = 0; round < 200; round += 1) {
      const socket = connect(tcp, host)
      // It may hang up on us: that is right.
      socket.on('error', () => undefined)
      await Promise.race([once(socket, 'connect'), once(socket, 'close')])
      for (let sent = 0; sent < 50; sent += 1) {
        const whole =
          sent === 0 ? bindingRequest(path, random) : wholePackets[Math.floor(random() * wholePackets.length)]
        const packet = sent === 0 ? whole : spoil(whole ?? Buffer.alloc(1), random)
        if (packet === undefined || socket.destroyed) continue
        const length = Buffer.alloc(2)
        length.writeUInt16BE(random() < 0.8 ? packet.length : Math.floor(random() * 65_536))
        socket.write(random() < 0.9 ? Buffer.concat([length, packet]) : packet)
      }
      await turn()
      socket.destroy()
    }
    const socket = createSocket('udp4')
    await expectAnswer(socket, udp, () => bindingRequest(path, random))
    socket.close()
    expect(stack.media.workerPids()).toEqual([pid])
  })

  test('20,000 of RTP and RTCP behind the handshake, at a producer that is consumed: the worker stays up', async () => {
    const worker = await createWorker({ logLevel: 'none', workerBin: workerBin ?? '' })
    let hasDied = false
    worker.on('died', () => {
      hasDied = true
    })
    const router = await worker.createRouter({ mediaCodecs: routerCodecs })
    const options = { listenInfo: { protocol: 'udp', ip: host }, comedia: true, rtcpMux: true } as const
    const from = await router.createPlainTransport(options)
    const producer = await from.produce({
      kind: 'video',
      rtpParameters: {
        codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
        headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 }],
        encodings: [{ ssrc: 0x457 }],
        rtcp: { cname: 'a' },
      },
    })
    const to = await router.createPlainTransport({ ...options, comedia: false })
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, host, resolve))
    await to.connect({ ip: host, port: socket.address().port })
    await to.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities })
    const random = createRandom(3)
    const packets = wholePackets.slice(3).map((packet) => {
      const own = Buffer.from(packet)
      // Those of RTP get the producer's type; its source they have.
      if (((own[1] ?? 0) & 0x7f) < 64 || ((own[1] ?? 0) & 0x7f) > 95) own[1] = 0x80 | 96
      return own
    })
    for (let sent = 1; sent <= packetCount; sent += 1) {
      const whole = packets[Math.floor(random() * packets.length)]
      if (whole !== undefined) socket.send(spoil(whole, random), from.tuple.localPort, host)
      // The worker's answer is behind what it has just read.
      if (sent % burst === 0) await producer.getStats()
    }
    const [stats] = await producer.getStats()
    expect(stats?.packetCount).toBeGreaterThan(1_000)
    expect(hasDied).toBe(false)
    socket.close()
    worker.close()
  })
})
