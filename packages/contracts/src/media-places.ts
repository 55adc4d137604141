import { Type, type Static } from 'typebox'
import { Count, Empty, RoomId } from './ids.ts'
import { MediaId } from './media.ts'
import {
  DtlsParameters,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  TransportOffer,
} from './media/rtp.ts'
import type { ServiceApi, ServiceContract } from './service-contract.ts'

const strict = { additionalProperties: false } as const

/** A place is known by its id, and commands of an older epoch of its call are refused. */
const at = { placeId: MediaId, epoch: Count }

/** One end of a pipe: where it listens, and the key by which it seals what it sends (RFC 3711, RFC 7714). */
export const PipeAddress = Type.Object(
  {
    /** An IP address or a name. */
    host: Type.String({ pattern: '^[A-Za-z0-9.:_-]{1,253}$' }),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    cryptoSuite: Type.Enum([
      'AEAD_AES_256_GCM',
      'AEAD_AES_128_GCM',
      'AES_CM_128_HMAC_SHA1_80',
      'AES_CM_128_HMAC_SHA1_32',
    ]),
    keyBase64: Type.String({ pattern: '^[A-Za-z0-9+/]{36,64}={0,2}$' }),
  },
  strict,
)
export type PipeAddress = Static<typeof PipeAddress>

/** What comes out of one end of a pipe and goes into the other. */
export const PipedMedia = Type.Object({ kind: MediaKind, rtpParameters: RtpParameters }, strict)
export type PipedMedia = Static<typeof PipedMedia>

const errors = ['call_not_found', 'not_found'] as const

/**
 * What the media node that has a call asks of another one that lends it a worker: transports and what flows through
 * them, and nothing about people. Whoever is in the call, and who may do what, the owner alone knows.
 */
export const mediaPlacesContract = {
  openPlace: {
    summary: 'A place for the call of a room. It closes by itself when its owner falls silent.',
    request: Type.Object({ roomId: RoomId, epoch: Count, ownerId: MediaId }, strict),
    reply: Type.Object({ placeId: MediaId }, strict),
    errors: ['call_not_found', 'call_full', 'calls_unavailable'],
  },
  keepPlace: {
    isRepeatable: true,
    summary: 'The owner is alive.',
    request: Type.Object(at, strict),
    reply: Empty,
    errors,
  },
  closePlace: {
    isRepeatable: true,
    summary: 'Ends a place and all that is in it. Repeating it is harmless.',
    request: Type.Object(at, strict),
    reply: Empty,
    errors,
  },
  openTransport: {
    summary: 'A transport for one device.',
    request: Type.Object({ ...at, maxIncomingBps: Type.Optional(Count) }, strict),
    reply: TransportOffer,
    errors,
  },
  connectTransport: {
    summary: 'The device’s half of the handshake.',
    request: Type.Object({ ...at, transportId: MediaId, dtlsParameters: DtlsParameters }, strict),
    reply: Empty,
    errors,
  },
  restartIce: {
    summary: 'New ICE parameters for a path that broke.',
    request: Type.Object({ ...at, transportId: MediaId }, strict),
    reply: Type.Object({ iceParameters: IceParameters }, strict),
    errors,
  },
  closeTransport: {
    isRepeatable: true,
    summary: 'Ends a transport and what flows through it. Repeating it is harmless.',
    request: Type.Object({ ...at, transportId: MediaId }, strict),
    reply: Empty,
    errors,
  },
  produce: {
    summary: 'What the device sends through its transport.',
    request: Type.Object(
      {
        ...at,
        transportId: MediaId,
        kind: MediaKind,
        rtpParameters: RtpParameters,
        isPaused: Type.Boolean(),
      },
      strict,
    ),
    reply: Type.Object({ producerId: MediaId }, strict),
    errors,
  },
  setProducer: {
    isRepeatable: true,
    summary: 'Stops what a device sends or a pipe brought, lets it flow, or ends it.',
    request: Type.Object(
      { ...at, producerId: MediaId, state: Type.Enum(['on', 'paused', 'closed']) },
      strict,
    ),
    reply: Empty,
    errors,
  },
  consume: {
    summary: 'Sends to a device what a producer of this place sends. It begins paused.',
    request: Type.Object(
      { ...at, transportId: MediaId, producerId: MediaId, rtpCapabilities: RtpCapabilities },
      strict,
    ),
    reply: Type.Object(
      {
        consumerId: MediaId,
        kind: MediaKind,
        isSimple: Type.Boolean(),
        rtpParameters: RtpParameters,
      },
      strict,
    ),
    errors,
  },
  setConsumer: {
    isRepeatable: true,
    summary: 'Lets it flow or not, and how good it has to be.',
    request: Type.Object(
      {
        ...at,
        consumerId: MediaId,
        isPaused: Type.Optional(Type.Boolean()),
        spatialLayer: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 })),
      },
      strict,
    ),
    reply: Empty,
    errors,
  },
  openPipe: {
    summary: 'One end of a sealed pipe to another place of the same call.',
    request: Type.Object(at, strict),
    reply: Type.Object({ pipeId: MediaId, address: PipeAddress }, strict),
    errors,
  },
  connectPipe: {
    summary: 'Where the other end is.',
    request: Type.Object({ ...at, pipeId: MediaId, to: PipeAddress }, strict),
    reply: Empty,
    errors,
  },
  sendIntoPipe: {
    summary: 'A producer of this place goes into the pipe.',
    request: Type.Object({ ...at, pipeId: MediaId, producerId: MediaId }, strict),
    reply: PipedMedia,
    errors,
  },
  takeFromPipe: {
    summary: 'It comes out here, as a producer of the same id.',
    request: Type.Object({ ...at, pipeId: MediaId, producerId: MediaId, media: PipedMedia }, strict),
    reply: Empty,
    errors,
  },
  closePipe: {
    isRepeatable: true,
    summary: 'Ends a pipe and what it brought. Repeating it is harmless.',
    request: Type.Object({ ...at, pipeId: MediaId }, strict),
    reply: Empty,
    errors,
  },
} as const satisfies ServiceContract

export type MediaPlacesApi = ServiceApi<typeof mediaPlacesContract>
