import type { PipeAddress, PipedMedia } from '@our-now/contracts/media-places.ts'
import type {
  DtlsParameters,
  IceParameters,
  MediaKind,
  Router,
  RtpCapabilities,
  RtpParameters,
  WebRtcTransport,
} from 'mediasoup/types'
import type { ProducerData } from '../calls/peer.ts'

/**
 * Where devices of a call have their transports: a router at a worker of this node, or of another node that lends one.
 * What is below is what the owner of a call needs of either; mediasoup's own objects have these shapes.
 */
export interface MediaPlace {
  /** The node that it is at. */
  readonly nodeId: string
  readonly placeId: string
  /** Absent: it is at another node. */
  readonly router?: Router
  isClosed(): boolean
  /** A transport of one device. @param maxIncomingBps what it may send; absent: it sends nothing */
  openTransport(maxIncomingBps?: number): Promise<MediaTransport>
  openPipe(): Promise<PipeEnd>
  /** Ends what is in it. Safe to call twice. */
  close(): void
}

export interface MediaTransport extends Pick<WebRtcTransport, 'id' | 'iceCandidates' | 'dtlsParameters'> {
  readonly iceParameters: IceParameters
  connect(to: { dtlsParameters: DtlsParameters }): Promise<void>
  restartIce(): Promise<IceParameters>
  produce(what: {
    kind: MediaKind
    rtpParameters: RtpParameters
    paused: boolean
    appData: ProducerData
  }): Promise<MediaProducer>
  consume(what: {
    producerId: string
    rtpCapabilities: RtpCapabilities
    paused: true
  }): Promise<MediaConsumer>
  close(): void
}

export interface MediaProducer {
  readonly id: string
  readonly kind: MediaKind
  readonly paused: boolean
  readonly appData: ProducerData
  pause(): Promise<void>
  resume(): Promise<void>
  close(): void
}

export interface MediaConsumer {
  readonly id: string
  readonly producerId: string
  readonly kind: MediaKind
  /** `simple`: it has no layers. */
  readonly type: string
  readonly rtpParameters: RtpParameters
  pause(): Promise<void>
  resume(): Promise<void>
  setPreferredLayers(layers: { spatialLayer: number }): Promise<void>
}

/** One end of a pipe between two places at different nodes. */
export interface PipeEnd {
  readonly address: PipeAddress
  connect(to: PipeAddress): Promise<void>
  /** A producer of this place goes in. It comes out at the other end until it is closed. */
  send(producerId: string): Promise<PipedMedia>
  /** It comes out here, as a producer of the same id. @param appData lets the owner's observer tell whose it is */
  take(producerId: string, media: PipedMedia, appData?: ProducerData): Promise<void>
  /** What was taken has ended at its origin. Safe to call twice. */
  drop(producerId: string): void
  close(): void
}
