import { channels } from '@our-now/contracts/socket.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'
import type { RoomCalls } from '../room-calls/room-calls.ts'
import { removePeer, type Call, type OutReason, type TellPeer } from './call.ts'
import type { Peer, ProducerData } from './peer.ts'

export interface CallsDeps {
  readonly pool: WorkerPool
  readonly hub: SocketHub
  readonly leaseStore: LeaseStore
  readonly roomCalls: Pick<RoomCalls, 'begin' | 'noteChanged' | 'noteEnded'>
  readonly clock: Clock
  readonly log: Logger
}

/** The calls of this node, one a room. */
export interface Calls {
  /** The room's call, started when there is none. Those who ask at the same time get the same one. */
  open(roomId: string, start: { readonly userId: string; readonly isVideo: boolean }): Promise<Call>
  find(roomId: string): Call | undefined
  all(): readonly Call[]
  /** The asking device's place. @throws {AppError} call_not_found when it has none. Notes that it was heard. */
  placeOf(
    roomId: string,
    device: { readonly userId: string; readonly sessionId: string },
  ): { call: Call; peer: Peer }
  /** Takes a device out and ends the call with its last one. Safe to call twice. */
  remove(call: Call, peer: Peer, reason?: OutReason): void
  /** Tells the room how its call is. */
  announce(call: Call): void
  readonly tell: TellPeer
  stop(): void
}

/** How long the last epoch of a room's call is remembered, in ms. */
const epochTtlMs = 3_600_000
/** At most this often another speaker is named, in ms: the hysteresis. */
const speakerMs = 1_000

export function createCalls({ pool, hub, leaseStore, roomCalls, clock, log }: CallsDeps): Calls {
  const calls = new Map<string, Call>()
  const opening = new Map<string, Promise<Call>>()
  const tell: TellPeer = ({ roomId, callId }, peer, change) =>
    hub.publish(channels.session(peer.sessionId), 'call:event', { roomId, callId, to: peer.peerId, change })
  const announce = (call: Call): void => {
    if (calls.get(call.roomId) === call) roomCalls.noteChanged(call)
  }
  const end = (call: Call): void => {
    if (call.isClosed) return
    call.isClosed = true
    if (calls.get(call.roomId) === call) calls.delete(call.roomId)
    call.router.close()
    roomCalls.noteEnded(call, { isLost: false })
    log.info(
      { callId: call.callId, roomId: call.roomId, durationMs: clock.now() - call.startedAtMs },
      'call ended',
    )
  }

  /** One more than the last epoch of this room's calls, on whichever node that was. */
  async function nextEpoch(roomId: string): Promise<number> {
    const key = `media:epoch:${roomId}`
    const last = (await leaseStore.list([key])).get(key)?.[0]?.value
    const epoch = last === undefined ? 1 : Number(last) + 1
    await leaseStore.hold(key, 'epoch', epochTtlMs, String(epoch))
    return epoch
  }

  async function begin(roomId: string, start: { userId: string; isVideo: boolean }): Promise<Call> {
    const epoch = await nextEpoch(roomId)
    const placement = await pool.place()
    const record = await roomCalls.begin(roomId, start).catch((error: unknown) => {
      placement.router.close()
      throw error
    })
    const speakers = await placement.router.createActiveSpeakerObserver({ interval: speakerMs })
    const call: Call = {
      ...placement,
      callId: record.callId,
      roomId,
      epoch,
      startedAtMs: record.startedAtMs,
      record,
      speakers,
      peers: new Map(),
      isClosed: false,
    }
    placement.router.on('workerclose', () => lose(call))
    speakers.on('dominantspeaker', ({ producer }) => {
      /** True because every producer of a call is made with this data. */
      const { peerId } = producer.appData as ProducerData
      for (const peer of call.peers.values()) tell(call, peer, { kind: 'speaker', peerId })
    })
    calls.set(roomId, call)
    log.info({ callId: call.callId, roomId, epoch, workerPid: call.workerPid }, 'call started')
    return call
  }

  /** The worker is gone: everybody joins again, and finds the call on another one. */
  function lose(call: Call): void {
    const peers = [...call.peers.values()]
    call.peers.clear()
    if (calls.get(call.roomId) === call) calls.delete(call.roomId)
    call.isClosed = true
    for (const peer of peers) tell(call, peer, { kind: 'out', reason: 'lost' })
    roomCalls.noteEnded(call, { isLost: true })
  }

  return {
    open: async (roomId, start) => {
      const known = calls.get(roomId)
      if (known !== undefined) return known
      let begun = opening.get(roomId)
      if (begun === undefined) {
        begun = begin(roomId, start).finally(() => opening.delete(roomId))
        opening.set(roomId, begun)
      }
      return begun
    },
    find: (roomId) => calls.get(roomId),
    all: () => [...calls.values()],
    placeOf: (roomId, { userId, sessionId }) => {
      const call = calls.get(roomId)
      const peer = call?.peers.get(sessionId)
      if (call === undefined || peer?.userId !== userId) throw new AppError('call_not_found')
      peer.heardAtMs = performance.now()
      return { call, peer }
    },
    remove: (call, peer, reason) => {
      if (!removePeer(call, peer, reason, tell)) return
      if (call.peers.size === 0) end(call)
      else announce(call)
    },
    announce,
    tell,
    stop: () => {
      for (const call of calls.values()) lose(call)
    },
  }
}
