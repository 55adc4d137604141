import { createSound } from '../../load/rtp-stream.ts'
import type { Consumer, Producer, Router } from 'mediasoup/types'

const payloadType = 100
const codec = { mimeType: 'audio/opus', payloadType, clockRate: 48_000, channels: 2 }

/** Sound that enters a router as real RTP, without a network before it. */
export async function sendSound(
  router: Router,
  { ssrc, appData }: { ssrc: number; appData: Record<string, unknown> },
) {
  const transport = await router.createDirectTransport()
  const producer: Producer = await transport.produce({
    kind: 'audio',
    rtpParameters: { codecs: [codec], encodings: [{ ssrc }], rtcp: { cname: 'a' } },
    appData,
  })
  const sound = createSound({ ssrc, payloadType })
  const beganAtMs = performance.now()
  const timer = setInterval(() => {
    for (const packet of sound.due(performance.now() - beganAtMs)) producer.send(packet)
  }, 20)
  return { producer, stop: () => clearInterval(timer) }
}

/** What leaves a router again, packet by packet. */
export async function hear(router: Router, producerId: string) {
  const transport = await router.createDirectTransport()
  const consumer: Consumer = await transport.consume({
    producerId,
    rtpCapabilities: router.rtpCapabilities,
  })
  const sizes: number[] = []
  consumer.on('rtp', (packet) => sizes.push(packet.length))
  return { sizes, consumer }
}
