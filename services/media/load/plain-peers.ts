import type { PlainTransport, Router, RtpParameters, SrtpParameters } from 'mediasoup/types'
import { randomBytes } from 'node:crypto'
import { createSound, createVideo, type RtpStream } from './rtp-stream.ts'

/** People of a call without browsers: RTP over plain transports of this machine. */

export const plainHost = '127.0.0.1'

export interface Publisher {
  readonly port: number
  readonly streams: readonly RtpStream[]
  readonly producerIds: readonly string[]
}

/** Somebody who sends Opus and VP8. */
export async function addPublisher(router: Router, at: number): Promise<Publisher> {
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: plainHost },
    comedia: true,
    rtcpMux: true,
  })
  const [soundSsrc, videoSsrc] = [10_000 + at * 2, 10_001 + at * 2]
  const rtcp = { cname: `publisher ${at}` }
  const opus: RtpParameters = {
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc: soundSsrc }],
    rtcp,
  }
  const vp8: RtpParameters = {
    codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
    encodings: [{ ssrc: videoSsrc }],
    rtcp,
  }
  const sound = await transport.produce({ kind: 'audio', rtpParameters: opus })
  const video = await transport.produce({ kind: 'video', rtpParameters: vp8 })
  return {
    port: transport.tuple.localPort,
    streams: [
      createSound({ ssrc: soundSsrc, payloadType: 111 }),
      createVideo({ ssrc: videoSsrc, payloadType: 96 }),
    ],
    producerIds: [sound.id, video.id],
  }
}

/** Somebody who receives all of these at a port. */
export async function addSubscriber(
  router: Router,
  port: number,
  publishers: readonly Publisher[],
  isEncrypted: boolean,
): Promise<PlainTransport> {
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: plainHost },
    rtcpMux: true,
    enableSrtp: isEncrypted,
    ...(isEncrypted ? { srtpCryptoSuite: 'AEAD_AES_128_GCM' as const } : {}),
  })
  await transport.connect({ ip: plainHost, port, ...(isEncrypted ? { srtpParameters: makeKey() } : {}) })
  for (const producerId of publishers.flatMap(({ producerIds }) => producerIds))
    await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities })
  return transport
}

/** A key and a salt, 16 and 12 bytes (RFC 7714). */
const makeKey = (): SrtpParameters => ({
  cryptoSuite: 'AEAD_AES_128_GCM',
  keyBase64: randomBytes(28).toString('base64'),
})
