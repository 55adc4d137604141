import { channels } from '@our-now/contracts/socket.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { CallLeases } from '../nodes/call-leases.ts'
import type { Placement, WorkerPool } from '../workers/worker-pool.ts'
import type { CallStart } from '../room-calls/begin-call.ts'
import type { RoomCalls } from '../room-calls/room-calls.ts'
import type { LocalPlace } from '../places/local-place.ts'
import type { MediaPlace } from '../places/media-place.ts'
import { createBringMedia, type BringMedia } from './bring-media.ts'
import { closePlaces, isPairOver, tellOthers, type Call, type OutReason, type TellPeer } from './call.ts'
import { closePeer, type Peer, type ProducerData } from './peer.ts'
import { createChoosePlace, type FarPlaces } from './choose-place.ts'

export interface CallsDeps {
  readonly pool: WorkerPool
  readonly hub: SocketHub
  readonly leases: CallLeases
  readonly roomCalls: Pick<RoomCalls, 'begin' | 'noteChanged' | 'noteEnded' | 'noteGivenUp'>
  readonly toPlace: (placement: Placement) => LocalPlace
  readonly farPlaces: FarPlaces
  /** Devices of a call at one worker. */
  readonly routerPeers: number
  /** Devices of a call at one node. */
  readonly nodePeers: number
  readonly isBusy: () => boolean
  readonly clock: Clock
  readonly log: Logger
}

/** The calls of this node, one a room. */
export interface Calls {
  /** The room's call, started when there is none. Those who ask at the same time get the same one. */
  open(roomId: string, start: CallStart): Promise<Call>
  find(roomId: string): Call | undefined
  all(): readonly Call[]
  /** The asking device's place. @throws {AppError} call_not_found when it has none. Notes that it was heard. */
  placeOf(
    roomId: string,
    device: { readonly userId: string; readonly sessionId: string },
  ): { call: Call; peer: Peer }
  /** Takes a device out and ends the call with its last one, a 1:1 call with the first. Safe to call twice. */
  remove(call: Call, peer: Peer, reason?: OutReason): void
  /** Tells the room how its call is. */
  announce(call: Call): void
  /** Another node has the call now: everybody joins again, there. */
  giveUp(call: Call): void
  /** Ends what a device has, wherever it was brought. */
  closePeer(call: Call, peer: Peer): void
  /** Where one more device goes. */
  placeFor(call: Call): Promise<MediaPlace>
  readonly media: BringMedia
  readonly tell: TellPeer
  stop(): void
}

/** At most this often another speaker is named, in ms: the hysteresis. */
const speakerMs = 1_000

export function createCalls(deps: CallsDeps): Calls {
  const { pool, hub, leases, roomCalls, clock, log } = deps
  const media = createBringMedia()
  const calls = new Map<string, Call>()
  const opening = new Map<string, Promise<Call>>()
  const tell: TellPeer = ({ roomId, callId }, peer, change) =>
    hub.publish(channels.session(peer.sessionId), 'call:event', { roomId, callId, to: peer.peerId, change })
  const announce = (call: Call): void => {
    if (calls.get(call.roomId) === call) roomCalls.noteChanged(call)
  }
  /** Should the store be away, the lease ends by itself. */
  const giveBack = ({ roomId }: { readonly roomId: string }): void =>
    void leases.giveBack(roomId).catch(() => undefined)
  const end = (call: Call): void => {
    if (call.isClosed) return
    call.isClosed = true
    if (calls.get(call.roomId) === call) calls.delete(call.roomId)
    closePlaces(call)
    giveBack(call)
    roomCalls.noteEnded(call, { isLost: false })
    log.info(
      { callId: call.callId, roomId: call.roomId, durationMs: clock.now() - call.startedAtMs },
      'call ended',
    )
  }

  async function begin(roomId: string, start: CallStart): Promise<Call> {
    const epoch = await leases.take(roomId)
    if (epoch === undefined) throw new AppError('unavailable', undefined, { retryAfterMs: 100 })
    try {
      return await beginOurs(roomId, epoch, start)
    } catch (error) {
      giveBack({ roomId })
      throw error
    }
  }
  async function beginOurs(roomId: string, epoch: number, start: CallStart): Promise<Call> {
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
      places: [deps.toPlace(placement)],
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

  function endPeer(call: Call, peer: Peer): void {
    for (const producerId of peer.producers.keys()) media.forget(call, producerId)
    closePeer(peer)
  }
  /** @returns whether it was still there */
  function takeOut(call: Call, peer: Peer, reason?: OutReason): boolean {
    if (call.peers.get(peer.sessionId) !== peer) return false
    call.peers.delete(peer.sessionId)
    endPeer(call, peer)
    tellOthers(call, peer, { kind: 'peer-left', peerId: peer.peerId }, tell)
    if (reason !== undefined) tell(call, peer, { kind: 'out', reason })
    return true
  }
  function remove(call: Call, peer: Peer, reason?: OutReason): void {
    if (!takeOut(call, peer, reason)) return
    // Whose worker died is about to be back.
    if (reason !== 'lost' && isPairOver(call))
      for (const left of call.peers.values()) takeOut(call, left, 'ended')
    if (call.peers.size === 0) end(call)
    else announce(call)
  }

  /** The worker is gone: everybody joins again, and finds the call on another one. */
  function lose(call: Call): void {
    if (!drop(call)) return
    giveBack(call)
    roomCalls.noteEnded(call, { isLost: true })
  }
  function drop(call: Call): boolean {
    if (call.isClosed) return false
    const peers = [...call.peers.values()]
    call.peers.clear()
    if (calls.get(call.roomId) === call) calls.delete(call.roomId)
    call.isClosed = true
    closePlaces(call)
    for (const peer of peers) tell(call, peer, { kind: 'out', reason: 'lost' })
    return true
  }

  function giveUp(call: Call): void {
    if (!drop(call)) return
    roomCalls.noteGivenUp(call)
    log.warn({ callId: call.callId, roomId: call.roomId }, 'call given up to another node')
  }
  /** A worker beside the first or another node is gone: those there join again, the others stay. */
  async function losePlace(call: Call, place: MediaPlace): Promise<void> {
    log.warn({ callId: call.callId, roomId: call.roomId, nodeId: place.nodeId }, 'a place of a call is gone')
    media.forgetPlace(call, place)
    // After standing still, a node hears of lost places before it hears that it lost the call itself.
    if (place.router === undefined && !(await leases.isOurs(call.roomId))) return giveUp(call)
    const there = [...call.peers.values()].filter((peer) => peer.place === place)
    if (there.length > 0 && there.length === call.peers.size) return lose(call)
    for (const peer of there) remove(call, peer, 'lost')
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
    remove,
    closePeer: endPeer,
    placeFor: createChoosePlace({
      ...deps,
      nodeId: leases.me.nodeId,
      onLost: (...lost) => void losePlace(...lost),
    }),
    media,
    announce,
    tell,
    giveUp,
    stop: () => {
      for (const call of calls.values()) lose(call)
    },
  }
}
