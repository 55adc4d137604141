import { Type } from 'typebox'

/**
 * What a browser says about its media, as mediasoup takes it. Strict and bounded: the worker is a process in C++ that
 * has died of an empty list before. And it comes out in the SDP of everybody else: a line break in it would be a line
 * there, which their browsers refuse with all that they receive.
 */

const strict = { additionalProperties: false } as const
const short = Type.String({ maxLength: 256, pattern: '^[\\x20-\\x7e]*$' })
/** One value of `name=value;name=value`. */
const parameterValue = Type.String({ maxLength: 256, pattern: '^[!-:<-~]*$' })
const word = (maxLength: number) => Type.String({ maxLength, pattern: '^[!-~]*$' })
const number32 = Type.Integer({ minimum: 0, maximum: 4_294_967_295 })

export const MediaKind = Type.Union([Type.Literal('audio'), Type.Literal('video')])

/** Parameters of a codec (`profile-level-id`, `useinbandfec` …): few, short, flat. */
const CodecParameters = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' }),
  Type.Union([parameterValue, Type.Number(), Type.Boolean(), Type.Null()]),
  { maxProperties: 32 },
)
const RtcpFeedback = Type.Object({ type: word(32), parameter: Type.Optional(word(32)) }, strict)
const mimeType = Type.String({ pattern: '^(audio|video)/[A-Za-z0-9-]{1,32}$' })
const payloadType = Type.Integer({ minimum: 0, maximum: 127 })
const codecCommon = {
  mimeType,
  clockRate: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  channels: Type.Optional(Type.Integer({ minimum: 1, maximum: 8 })),
  parameters: Type.Optional(CodecParameters),
  rtcpFeedback: Type.Optional(Type.Array(RtcpFeedback, { maxItems: 16 })),
}
const extensionUri = Type.String({ minLength: 1, maxLength: 128, pattern: '^[!-~]+$' })
const extensionId = Type.Integer({ minimum: 1, maximum: 255 })

/** What a browser can receive. */
export const RtpCapabilities = Type.Object(
  {
    codecs: Type.Array(
      Type.Object(
        { kind: MediaKind, preferredPayloadType: Type.Optional(payloadType), ...codecCommon },
        strict,
      ),
      { maxItems: 64 },
    ),
    headerExtensions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            kind: MediaKind,
            uri: extensionUri,
            preferredId: extensionId,
            preferredEncrypt: Type.Optional(Type.Boolean()),
            direction: Type.Optional(Type.Enum(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
          },
          strict,
        ),
        { maxItems: 64 },
      ),
    ),
  },
  strict,
)

const Encoding = Type.Object(
  {
    ssrc: Type.Optional(number32),
    rid: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{1,16}$' })),
    codecPayloadType: Type.Optional(payloadType),
    rtx: Type.Optional(Type.Object({ ssrc: number32 }, strict)),
    dtx: Type.Optional(Type.Boolean()),
    scalabilityMode: Type.Optional(Type.String({ pattern: '^[LS][1-3]T[1-3](_KEY)?h?$' })),
    scaleResolutionDownBy: Type.Optional(Type.Number({ minimum: 1, maximum: 64 })),
    maxBitrate: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
    maxFramerate: Type.Optional(Type.Number({ minimum: 1, maximum: 240 })),
    active: Type.Optional(Type.Boolean()),
    adaptivePtime: Type.Optional(Type.Boolean()),
    priority: Type.Optional(word(16)),
    networkPriority: Type.Optional(word(16)),
  },
  strict,
)

/** What one producer sends, or one consumer is sent. */
export const RtpParameters = Type.Object(
  {
    mid: Type.Optional(word(32)),
    msid: Type.Optional(short),
    codecs: Type.Array(Type.Object({ payloadType, ...codecCommon }, strict), { minItems: 1, maxItems: 16 }),
    headerExtensions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            uri: extensionUri,
            id: extensionId,
            encrypt: Type.Optional(Type.Boolean()),
            parameters: Type.Optional(CodecParameters),
          },
          strict,
        ),
        { maxItems: 32 },
      ),
    ),
    encodings: Type.Array(Encoding, { minItems: 1, maxItems: 4 }),
    rtcp: Type.Optional(
      Type.Object(
        {
          cname: Type.Optional(short),
          reducedSize: Type.Optional(Type.Boolean()),
          mux: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
    ),
  },
  strict,
)

/** The client's half of the DTLS handshake. At least one fingerprint: without any the worker once died. */
export const DtlsParameters = Type.Object(
  {
    role: Type.Optional(Type.Union([Type.Literal('auto'), Type.Literal('client'), Type.Literal('server')])),
    fingerprints: Type.Array(
      Type.Object(
        {
          algorithm: Type.String({ pattern: '^sha-(1|224|256|384|512)$' }),
          value: Type.String({ pattern: '^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$' }),
        },
        strict,
      ),
      { minItems: 1, maxItems: 8 },
    ),
  },
  strict,
)

export const IceParameters = Type.Object(
  {
    usernameFragment: short,
    password: short,
    iceLite: Type.Optional(Type.Boolean()),
  },
  strict,
)

/** Where a transport of the server is reached. From us: passed on as the worker says it. */
export const TransportOffer = Type.Object(
  {
    transportId: Type.String({ maxLength: 36 }),
    iceParameters: IceParameters,
    iceCandidates: Type.Array(
      Type.Object(
        {
          foundation: short,
          priority: number32,
          ip: short,
          address: short,
          protocol: Type.Union([Type.Literal('udp'), Type.Literal('tcp')]),
          port: Type.Integer({ minimum: 0, maximum: 65_535 }),
          type: Type.Literal('host'),
          tcpType: Type.Optional(Type.Literal('passive')),
        },
        strict,
      ),
      { maxItems: 16 },
    ),
    dtlsParameters: DtlsParameters,
  },
  strict,
)
