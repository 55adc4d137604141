import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { MediaApi } from '@our-now/contracts/media.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireDevice } from '../callers/require-device.ts'
import { tellOthers, type Call } from '../calls/call.ts'
import type { Calls } from '../calls/calls.ts'
import { microphoneOf, toCallProducer, type Peer } from '../calls/peer.ts'
import type { RoomCalls } from './room-calls.ts'

export interface HostPowersDeps {
  readonly calls: Calls
  readonly roomCalls: RoomCalls
  readonly chat: Pick<ChatApi, 'getCallRoom'>
}

/** What the owner of a room may do in its call. 1:1 rooms have no owner. */
export function createHostPowers({
  calls,
  roomCalls,
  chat,
}: HostPowersDeps): Pick<MediaApi, 'mutePeer' | 'askAllToMute' | 'letIntoCall' | 'listLockedOut'> {
  async function getHostedCall(context: CallContext, roomId: string): Promise<Call> {
    requireDevice(context)
    const { role, kind } = await chat.getCallRoom(context, { roomId })
    if (role !== 'owner' || kind === 'direct') throw new AppError('forbidden')
    const call = calls.find(roomId)
    if (call === undefined) throw new AppError('call_not_found')
    return call
  }
  async function mute(call: Call, peer: Peer): Promise<void> {
    const microphone = microphoneOf(peer)
    if (microphone === undefined || microphone.paused) return
    await microphone.pause()
    const producer = toCallProducer(microphone)
    tellOthers(call, peer, { kind: 'producer-changed', peerId: peer.peerId, producer }, calls.tell)
    calls.tell(call, peer, { kind: 'muted' })
  }
  return {
    mutePeer: async (context, { roomId, peerId }) => {
      const call = await getHostedCall(context, roomId)
      const peer = [...call.peers.values()].find((each) => each.peerId === peerId)
      if (peer === undefined) throw new AppError('not_found')
      await mute(call, peer)
      return {}
    },
    askAllToMute: async (context, { roomId }) => {
      const { userId } = requireDevice(context)
      const call = await getHostedCall(context, roomId)
      for (const peer of call.peers.values())
        if (peer.userId !== userId) calls.tell(call, peer, { kind: 'mute-asked' })
      return {}
    },
    letIntoCall: async (context, { roomId, userId, isAllowed }) => {
      const host = requireDevice(context)
      const call = await getHostedCall(context, roomId)
      if (userId === host.userId) throw new AppError('cannot_target_self')
      const kept = roomCalls.setLockedOut(call, userId, !isAllowed)
      // Not after it: who is to go, goes while the store is away too.
      if (!isAllowed)
        for (const peer of call.peers.values())
          if (peer.userId === userId) calls.remove(call, peer, 'removed-by-host')
      await kept
      return {}
    },
    listLockedOut: async (context, { roomId }) => {
      const { record } = await getHostedCall(context, roomId)
      return { userIds: [...(record.lockedOutIds ?? [])] }
    },
  }
}
