import { Type, type Static } from 'typebox'
import { Count, Empty, Instant, RoomId, UserId } from './ids.ts'
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

/** Ids of calls, peers, transports, producers and consumers: made by us, good only inside their call. */
export const MediaId = Type.String({ pattern: '^[0-9a-f-]{36}$' })

/** What a producer shows or lets hear. A peer has at most one of each. */
export const MediaSource = Type.Enum(['microphone', 'camera', 'screen', 'screen-audio'])
export type MediaSource = Static<typeof MediaSource>

export const CallProducer = Type.Object(
  { producerId: MediaId, kind: MediaKind, source: MediaSource, isPaused: Type.Boolean() },
  strict,
)
export type CallProducer = Static<typeof CallProducer>

/** One person's device in a call. */
export const CallPeer = Type.Object(
  {
    peerId: MediaId,
    userId: UserId,
    isHandRaised: Type.Boolean(),
    producers: Type.Array(CallProducer, { maxItems: 4 }),
  },
  strict,
)
export type CallPeer = Static<typeof CallPeer>

/** What everybody in the room may know of its call. */
export const CallSummary = Type.Object(
  {
    callId: MediaId,
    startedAt: Instant,
    startedBy: UserId,
    isVideo: Type.Boolean(),
    userIds: Type.Array(UserId, { maxItems: 200 }),
    /** A 1:1 call that nobody has answered yet: who is rung, and until when. */
    ring: Type.Optional(Type.Object({ userId: UserId, endsAt: Instant }, strict)),
  },
  strict,
)
export type CallSummary = Static<typeof CallSummary>

/** The call of a room changed; without `call` it has ended. A hint: `call:get` tells how it is. */
export const CallChanged = Type.Object({ roomId: RoomId, call: Type.Optional(CallSummary) }, strict)
export type CallChanged = Static<typeof CallChanged>

/** Somebody called while I was in another call: it did not ring. A hint; the line in the room is the fact. */
export const CallKnocked = Type.Object({ roomId: RoomId, userId: UserId, isVideo: Type.Boolean() }, strict)
export type CallKnocked = Static<typeof CallKnocked>

const about = { callId: MediaId, peerId: MediaId }

/** What happens inside a call, to the devices in it. `to` is the peer that is told. */
export const CallEvent = Type.Object(
  {
    roomId: RoomId,
    callId: MediaId,
    to: MediaId,
    change: Type.Union([
      Type.Object({ kind: Type.Literal('peer-joined'), peer: CallPeer }, strict),
      Type.Object({ kind: Type.Literal('peer-left'), peerId: MediaId }, strict),
      Type.Object(
        { kind: Type.Literal('producer-changed'), peerId: MediaId, producer: CallProducer },
        strict,
      ),
      Type.Object({ kind: Type.Literal('producer-closed'), peerId: MediaId, producerId: MediaId }, strict),
      Type.Object({ kind: Type.Literal('hand'), peerId: MediaId, isHandRaised: Type.Boolean() }, strict),
      /** Whoever speaks most; decided by the server, with hysteresis. */
      Type.Object({ kind: Type.Literal('speaker'), peerId: MediaId }, strict),
      /** The host turned this device's microphone off; one may turn it on again. */
      Type.Object({ kind: Type.Literal('muted') }, strict),
      /** The host asks everybody to turn their microphone off. */
      Type.Object({ kind: Type.Literal('mute-asked') }, strict),
      /** This device is out. `lost`: the worker died; join again. The others: do not. */
      Type.Object(
        {
          kind: Type.Literal('out'),
          reason: Type.Enum([
            'lost',
            'replaced',
            'removed',
            'signal-lost',
            // Of a call that rang.
            'declined',
            'unanswered',
            // Of a 1:1 call: the other left.
            'ended',
            'removed-by-host',
          ]),
        },
        strict,
      ),
    ]),
  },
  strict,
)
export type CallEvent = Static<typeof CallEvent>
export type CallEventChange = CallEvent['change']

const IceServer = Type.Object(
  {
    urls: Type.Array(Type.String({ maxLength: 256 }), { maxItems: 8 }),
    username: Type.String({ maxLength: 256 }),
    credential: Type.String({ maxLength: 256 }),
  },
  strict,
)

const errors = ['call_not_found', 'room_not_found', 'calls_unavailable'] as const

export const mediaContract = {
  getCall: {
    isRepeatable: true,
    summary: 'The call of one of my rooms, if there is one.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: CallChanged,
    errors: ['room_not_found'],
    key: 'roomId',
  },
  listCalls: {
    isRepeatable: true,
    summary: 'Those of these rooms of mine in which a call runs.',
    request: Type.Object(
      { roomIds: Type.Array(RoomId, { minItems: 1, maxItems: 200, uniqueItems: true }) },
      strict,
    ),
    reply: Type.Object({ calls: Type.Array(CallChanged, { maxItems: 200 }) }, strict),
  },
  declineCall: {
    isRepeatable: true,
    summary: 'Does not take the 1:1 call that rings. Repeating it is harmless.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: Empty,
    errors: ['room_not_found'],
    key: 'roomId',
  },
  joinCall: {
    isRepeatable: true,
    summary: 'Joins the call of a room, or starts it. From the same device again: the old place is given up.',
    request: Type.Object(
      {
        roomId: RoomId,
        isVideo: Type.Boolean(),
        /** The call that this device was in and lost: a 1:1 call that is over meanwhile does not ring anew. */
        againCallId: Type.Optional(MediaId),
      },
      strict,
    ),
    reply: Type.Object(
      {
        ...about,
        /** Grows whenever the call had to be set up anew. */
        epoch: Count,
        startedAt: Instant,
        rtpCapabilities: RtpCapabilities,
        sendTransport: TransportOffer,
        receiveTransport: TransportOffer,
        iceServers: Type.Array(IceServer, { maxItems: 4 }),
        peers: Type.Array(CallPeer, { maxItems: 200 }),
      },
      strict,
    ),
    errors: [
      'room_not_found',
      'call_full',
      'calls_unavailable',
      'callee_busy',
      'blocked',
      'call_removed',
      'call_ended',
    ],
    key: 'roomId',
  },
  connectTransport: {
    summary: 'The client’s half of the handshake of one of its two transports.',
    request: Type.Object({ roomId: RoomId, transportId: MediaId, dtlsParameters: DtlsParameters }, strict),
    reply: Empty,
    errors,
    key: 'roomId',
  },
  restartIce: {
    summary: 'A transport’s path broke: new ICE parameters for it.',
    request: Type.Object({ roomId: RoomId, transportId: MediaId }, strict),
    reply: Type.Object({ iceParameters: IceParameters }, strict),
    errors,
    key: 'roomId',
  },
  produce: {
    summary: 'Sends a microphone, a camera or a screen into the call.',
    request: Type.Object(
      {
        roomId: RoomId,
        kind: MediaKind,
        source: MediaSource,
        rtpParameters: RtpParameters,
        isPaused: Type.Boolean(),
      },
      strict,
    ),
    reply: Type.Object({ producerId: MediaId }, strict),
    errors,
    key: 'roomId',
  },
  setProducer: {
    summary: 'Mutes or unmutes what this device sends, or ends it.',
    request: Type.Object(
      {
        roomId: RoomId,
        producerId: MediaId,
        state: Type.Enum(['on', 'paused', 'closed']),
      },
      strict,
    ),
    reply: Empty,
    errors,
    key: 'roomId',
  },
  consume: {
    summary: 'Receives what another peer sends. It begins paused: `setConsumer` lets it flow.',
    request: Type.Object({ roomId: RoomId, producerId: MediaId, rtpCapabilities: RtpCapabilities }, strict),
    reply: Type.Object(
      { consumerId: MediaId, producerId: MediaId, kind: MediaKind, rtpParameters: RtpParameters },
      strict,
    ),
    errors: [...errors, 'call_full'],
    key: 'roomId',
  },
  setConsumer: {
    summary: 'Lets what is received flow or not (off screen), and how good it has to be.',
    request: Type.Object(
      {
        roomId: RoomId,
        consumerId: MediaId,
        isPaused: Type.Boolean(),
        /** 0 is the smallest picture. */
        spatialLayer: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 })),
      },
      strict,
    ),
    reply: Empty,
    errors,
    key: 'roomId',
  },
  raiseHand: {
    summary: 'Raises the hand, or takes it down.',
    request: Type.Object({ roomId: RoomId, isHandRaised: Type.Boolean() }, strict),
    reply: Empty,
    errors,
    key: 'roomId',
  },
  probePath: {
    summary:
      'Call doctor: a path to a media server that carries nothing. Open for 20 s; one for each device.',
    request: Type.Object({ dtlsParameters: DtlsParameters }, strict),
    reply: Type.Object({ offer: TransportOffer, iceServers: Type.Array(IceServer, { maxItems: 4 }) }, strict),
    errors: ['calls_unavailable'],
  },
  mutePeer: {
    isRepeatable: true,
    summary: 'Host: turns somebody’s microphone off. They may turn it on again.',
    request: Type.Object({ roomId: RoomId, peerId: MediaId }, strict),
    reply: Empty,
    errors: [...errors, 'forbidden', 'not_found'],
    key: 'roomId',
  },
  askAllToMute: {
    summary: 'Host: asks everybody else to turn their microphone off.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: Empty,
    errors: [...errors, 'forbidden'],
    key: 'roomId',
  },
  letIntoCall: {
    isRepeatable: true,
    summary: 'Host: takes a person out of this call for as long as it runs, or lets them in again.',
    request: Type.Object({ roomId: RoomId, userId: UserId, isAllowed: Type.Boolean() }, strict),
    reply: Empty,
    errors: [...errors, 'forbidden', 'cannot_target_self'],
    key: 'roomId',
  },
  listLockedOut: {
    isRepeatable: true,
    summary: 'Host: who was taken out of the call that runs.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: Type.Object({ userIds: Type.Array(UserId, { maxItems: 200 }) }, strict),
    errors: [...errors, 'forbidden'],
    key: 'roomId',
  },
  recheckMember: {
    isRepeatable: true,
    summary:
      'Between services: the caller may have left the room; if so, their devices are out of its call now. Repeating it is harmless.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: Empty,
    key: 'roomId',
  },
  leaveCall: {
    isRepeatable: true,
    summary: 'Leaves the call with this device. Repeating it is harmless.',
    request: Type.Object({ roomId: RoomId }, strict),
    reply: Empty,
    key: 'roomId',
  },
  keepCall: {
    isRepeatable: true,
    summary:
      'Every 5 s: this device is still in the call. Answers who else is, and whether its own microphone is paused, in case a push was lost.',
    request: Type.Object({ roomId: RoomId, peerId: MediaId }, strict),
    reply: Type.Object(
      { peers: Type.Array(CallPeer, { maxItems: 200 }), isMuted: Type.Optional(Type.Boolean()) },
      strict,
    ),
    errors,
    key: 'roomId',
  },
} as const satisfies ServiceContract

export type MediaApi = ServiceApi<typeof mediaContract>
