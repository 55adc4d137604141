import type { MediaApi } from '@our-now/contracts/media.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { DtlsParameters } from 'mediasoup/types'
import { requireDevice } from './callers/require-device.ts'
import { peersFor, tellOthers } from './calls/call.ts'
import { createJoinCall, type JoinCallDeps } from './calls/join-call.ts'
import { microphoneOf, transportOf } from './calls/peer.ts'
import { createReceiveMedia } from './calls/receive-media.ts'
import { refusedByWorker } from './calls/refused-by-worker.ts'
import { createSendMedia } from './calls/send-media.ts'
import { withoutAbsent } from './calls/without-absent.ts'
import { createHostPowers, type HostPowersDeps } from './room-calls/host-powers.ts'
import { createLookAtCalls, type LookAtCallsDeps } from './room-calls/look-at-calls.ts'

/** Every operation of calls by its contract name. An id is looked up in the asking device's own place and nowhere else. */
export function createMediaApi(
  deps: JoinCallDeps & LookAtCallsDeps & HostPowersDeps,
): Omit<MediaApi, 'probePath' | 'recheckMember'> {
  const { calls } = deps
  const joinCall = createJoinCall(deps)
  return {
    ...createSendMedia(calls),
    ...createReceiveMedia(calls),
    ...createLookAtCalls(deps),
    ...createHostPowers(deps),
    joinCall: async (context, request) => {
      await deps.roomCalls.requireAllowed(request.roomId, requireDevice(context).userId)
      return joinCall(context, request)
    },
    connectTransport: async (context, { roomId, transportId, dtlsParameters }) => {
      const { peer } = calls.placeOf(roomId, requireDevice(context))
      const transport = transportOf(peer, transportId)
      /** True because the contract's schema is a subset of mediasoup's type. */
      await refusedByWorker(() => transport.connect({ dtlsParameters: dtlsParameters as DtlsParameters }))
      return {}
    },
    restartIce: async (context, { roomId, transportId }) => {
      const { peer } = calls.placeOf(roomId, requireDevice(context))
      return { iceParameters: withoutAbsent(await transportOf(peer, transportId).restartIce()) }
    },
    raiseHand: async (context, { roomId, isHandRaised }) => {
      const { call, peer } = calls.placeOf(roomId, requireDevice(context))
      peer.isHandRaised = isHandRaised
      tellOthers(call, peer, { kind: 'hand', peerId: peer.peerId, isHandRaised }, calls.tell)
      return {}
    },
    keepCall: async (context, { roomId, peerId }) => {
      const { call, peer } = calls.placeOf(roomId, requireDevice(context))
      if (peer.peerId !== peerId) throw new AppError('call_not_found')
      const isMuted = microphoneOf(peer)?.paused === true
      return { peers: peersFor(call, peer), isMuted }
    },
    leaveCall: async (context, { roomId }) => {
      const { userId, sessionId } = requireDevice(context)
      const call = calls.find(roomId)
      const peer = call?.peers.get(sessionId)
      if (call !== undefined && peer?.userId === userId) calls.remove(call, peer)
      return {}
    },
  }
}
