import type { PipeAddress } from '@our-now/contracts/media-places.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Producer, Router, RtpParameters } from 'mediasoup/types'
import { lookup } from 'node:dns/promises'
import { withoutAbsent } from '../calls/without-absent.ts'
import type { PipeEnd } from './media-place.ts'

/** How pipes of this node are reached by other nodes. */
export interface PipeSettings {
  readonly listenAddress: string
  /** The address or name that other nodes send to. */
  readonly host: string
}

export interface LocalPipeEnd extends PipeEnd {
  readonly pipeId: string
  /** Whether this producer comes out here. */
  has(producerId: string): boolean
}

/**
 * An end of a pipe at this node. Sealed, because what flows between nodes leaves the machine, and with retransmission,
 * because a network lies between. @throws {AppError} unavailable when the worker has just died
 */
export async function openPipeEnd(
  router: Router,
  { listenAddress, host }: PipeSettings,
): Promise<LocalPipeEnd> {
  const pipe = await router
    .createPipeTransport({
      listenInfo: { protocol: 'udp', ip: listenAddress },
      enableRtx: true,
      enableSrtp: true,
    })
    .catch((error: unknown) => {
      throw new AppError('unavailable', undefined, { cause: error, retryAfterMs: 200 })
    })
  const { srtpParameters } = pipe
  if (srtpParameters === undefined) throw new Error('a pipe with SRTP has a key')
  const taken = new Map<string, Producer>()
  return {
    pipeId: pipe.id,
    address: { host, port: pipe.tuple.localPort, ...srtpParameters },
    connect: async (to) => {
      const { address: ip } = await lookup(to.host)
      await pipe.connect({ ip, port: to.port, srtpParameters: keyOf(to) })
    },
    send: async (producerId) => {
      const consumer = await pipe.consume({ producerId })
      return { kind: consumer.kind, rtpParameters: withoutAbsent(consumer.rtpParameters) }
    },
    take: async (producerId, { kind, rtpParameters }, appData) => {
      /** True because the contract's schema is a subset of mediasoup's type. */
      const producer = await pipe.produce({
        id: producerId,
        kind,
        rtpParameters: rtpParameters as RtpParameters,
        ...(appData && { appData }),
      })
      taken.set(producerId, producer)
      producer.observer.once('close', () => taken.delete(producerId))
    },
    has: (producerId) => taken.has(producerId),
    drop: (producerId) => taken.get(producerId)?.close(),
    close: () => pipe.close(),
  }
}

const keyOf = ({ cryptoSuite, keyBase64 }: PipeAddress) => ({ cryptoSuite, keyBase64 })
