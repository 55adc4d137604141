import type { MediaApi } from '@our-now/contracts/media.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { randomUUID } from 'node:crypto'
import { requireDevice } from '../callers/require-device.ts'
import type { MediaConfig } from '../config.ts'
import type { RequireMember } from '../membership/require-member.ts'
import type { MediaPlace, MediaTransport } from '../places/media-place.ts'
import { turnCredentials } from '../turn/turn-credentials.ts'
import { peersFor, tellOthers, type Call } from './call.ts'
import type { Calls } from './calls.ts'
import { isOver } from '../room-calls/call-record.ts'
import { closePeer, toCallPeer, type Peer } from './peer.ts'
import { withoutAbsent } from './without-absent.ts'

export interface JoinCallDeps {
  readonly calls: Calls
  readonly requireMember: RequireMember
  readonly clock: Clock
  readonly config: MediaConfig
}

/** What one device may send, in bits a second: a camera in three sizes, a screen, sound. */
const maxIncomingBps = 6_000_000

export function createJoinCall({ calls, requireMember, clock, config }: JoinCallDeps): MediaApi['joinCall'] {
  return async (context, { roomId, isVideo, againCallId }) => {
    const device = requireDevice(context)
    await requireMember(context, roomId)
    const call = await calls.open(roomId, { userId: device.userId, isVideo, againCallId })
    if (isOver(call.record, againCallId)) throw new AppError('call_ended')
    requireSpace(call, device.sessionId, config.mediaCallPeers)
    const peer = await makePeer(await calls.placeFor(call), device)
    try {
      // Others may have joined, and the worker died, while the transports were made.
      if (call.isClosed || peer.place.isClosed())
        throw new AppError('unavailable', undefined, { retryAfterMs: 200 })
      requireSpace(call, device.sessionId, config.mediaCallPeers)
      // The host may have taken them out meanwhile.
      if (call.record.lockedOutIds?.includes(device.userId)) throw new AppError('call_removed')
    } catch (error) {
      closePeer(peer)
      throw error
    }
    const old = call.peers.get(device.sessionId)
    call.peers.set(device.sessionId, peer)
    if (old !== undefined) {
      calls.closePeer(call, old)
      tellOthers(call, peer, { kind: 'peer-left', peerId: old.peerId }, calls.tell)
      calls.tell(call, old, { kind: 'out', reason: 'replaced' })
    }
    tellOthers(call, peer, { kind: 'peer-joined', peer: toCallPeer(peer) }, calls.tell)
    calls.announce(call)
    // Who was removed from the room while the transports were made was in nobody's call yet when that was told.
    await requireMember(context, roomId).catch((error: unknown) => {
      calls.remove(call, peer, 'removed')
      throw error
    })
    return {
      callId: call.callId,
      peerId: peer.peerId,
      epoch: call.epoch,
      startedAt: call.startedAtMs,
      rtpCapabilities: withoutAbsent(call.router.rtpCapabilities),
      sendTransport: toOffer(peer.sendTransport),
      receiveTransport: toOffer(peer.receiveTransport),
      iceServers: turnCredentials(
        { urls: config.mediaTurnUrls, secret: config.mediaTurnSecret },
        { userId: device.userId, nowMs: clock.now() },
      ),
      peers: peersFor(call, peer),
    }
  }
}

function requireSpace(call: Call, sessionId: string, mostPeers: number): void {
  if (!call.peers.has(sessionId) && call.peers.size >= mostPeers) throw new AppError('call_full')
}

async function makePeer(place: MediaPlace, device: { userId: string; sessionId: string }): Promise<Peer> {
  const sendTransport = await place.openTransport(maxIncomingBps)
  const receiveTransport = await place.openTransport().catch((error: unknown) => {
    sendTransport.close()
    throw error
  })
  return {
    ...device,
    place,
    peerId: randomUUID(),
    sendTransport,
    receiveTransport,
    producers: new Map(),
    consumers: new Map(),
    isHandRaised: false,
    heardAtMs: performance.now(),
    isClosed: false,
  }
}

const toOffer = ({ id, iceParameters, iceCandidates, dtlsParameters }: MediaTransport) =>
  withoutAbsent({ transportId: id, iceParameters, iceCandidates, dtlsParameters })
