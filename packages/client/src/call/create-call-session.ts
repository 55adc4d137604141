import type { CallEvent, CallPeer, MediaSource } from '@our-now/contracts/media.ts'
import { Device } from 'mediasoup-client'
import type { Client } from '../client.ts'
import { codeOf } from '../client-error.ts'
import { changePeers } from './change-peers.ts'
import type { CallPath } from './call-path.ts'
import type { CallEnd, CallState } from './call-state.ts'
import { openTransports, type CallTransports } from './call-transports.ts'
import { createReceivedMedia } from './received-media.ts'
import { createSentMedia } from './sent-media.ts'
import { watchQuality } from './watch-quality.ts'

export interface CallSession {
  readonly state: () => CallState
  /** Told after every change. Answers how to stop. */
  readonly onChange: (listener: (state: CallState) => void) => () => void
  /** Sends this track as `source` from now on; undefined ends it. The track stays the caller's. */
  readonly setTrack: (source: MediaSource, track: MediaStreamTrack | undefined) => Promise<void>
  readonly setPaused: (source: MediaSource, isPaused: boolean) => Promise<void>
  /** Which videos are on screen, by producer, in how many px of height; the others rest. Undefined: all of them flow. */
  readonly show: (heights: ReadonlyMap<string, number> | undefined) => void
  readonly raiseHand: (isRaised: boolean) => Promise<void>
  readonly leave: () => Promise<void>
}

export interface JoinCallOptions {
  readonly roomId: string
  readonly isVideo: boolean
  readonly path?: CallPath
  /** The call that is answered. Should it be over, it ends as `ended` instead of beginning another one. */
  readonly callId?: string
}

/** How often the server hears that we are there, in ms. */
const keepMs = 5_000
/** A lost call is joined again after up to this long, so that not all do it at once; each further try waits longer. */
const rejoinMs = 300
/** Tries that the server answered by a failure. While there is no connection nothing is counted. */
const mostTries = 10

/** What ends a call for good: trying again would answer the same. */
const finalCodes = [
  'room_not_found',
  'call_full',
  'calls_unavailable',
  'unauthenticated',
  'session_ended',
  'callee_busy',
  'call_removed',
  'call_ended',
  'blocked',
]
/** How a refused join reads as the end of a call; `failed` where it does not say. */
const endOfCode: Readonly<Partial<Record<string, CallEnd>>> = {
  room_not_found: 'removed',
  callee_busy: 'busy',
  blocked: 'blocked',
  call_removed: 'removed-by-host',
  call_ended: 'ended',
  call_full: 'full',
  calls_unavailable: 'unavailable',
}

/** Joins the call of a room, starting it if there is none, and stays in it until `leave`. */
export function joinCall(
  client: Pick<Client, 'command' | 'on' | 'connection'>,
  { roomId, isVideo, path = 'any', callId: answeredId }: JoinCallOptions,
): CallSession {
  const listeners = new Set<(state: CallState) => void>()
  const sent = createSentMedia((name, request) => client.command(name, request), roomId)
  const received = createReceivedMedia(
    (name, request) => client.command(name, request),
    roomId,
    () => change({}),
  )
  let peers: readonly CallPeer[] = []
  let transports: CallTransports | undefined
  let state: CallState = { status: 'joining', tiles: [], sent: {}, isHandRaised: false, quality: {} }
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopWatching: () => void = () => undefined
  /** Raised by every join: what belongs to an earlier place is dropped. */
  let place = 0
  let toldHand = false
  let callId = answeredId
  /** Who we are in the present place; what is told before we know waits in `early`. */
  let myPeerId: string | undefined
  let early: CallEvent[] = []

  function change(part: Partial<CallState>): void {
    const tiles = peers.map(({ peerId, userId, isHandRaised, producers }) => ({
      peerId,
      userId,
      isHandRaised,
      media: producers.map(({ producerId, source, isPaused }) => {
        const track = received.trackOf(producerId)
        return { producerId, source, isPaused, ...(track === undefined ? {} : { track }) }
      }),
    }))
    state = { ...state, ...part, tiles, sent: sent.state() }
    for (const listener of listeners) listener(state)
  }
  function settle(next: readonly CallPeer[]): void {
    peers = next
    received.follow(peers)
    sent.noteAudience(peers.length + 1)
    change({})
  }

  function drop(): void {
    place += 1
    myPeerId = undefined
    early = []
    clearTimeout(timer)
    stopWatching()
    transports?.close()
    transports = undefined
    received.drop()
    sent.drop()
  }
  function end(reason: CallEnd): void {
    if (state.status === 'ended') return
    drop()
    offEvents()
    offConnection()
    offSession()
    // A join that got no answer may have been carried out.
    if (reason === 'failed') void client.command('call:leave', { roomId }).catch(() => undefined)
    peers = []
    change({ status: 'ended', end: reason })
  }
  function rejoin(tries = 0): void {
    if (state.status === 'ended') return
    drop()
    if (tries >= mostTries) return end('failed')
    change({ status: state.status === 'joining' ? 'joining' : 'recovering', quality: {} })
    // Without a socket there is nobody to ask: coming back online begins anew.
    if (client.connection.state().state !== 'online') return
    const at = place
    timer = setTimeout(
      () => {
        enter(at).catch((error: unknown) => {
          if (at !== place) return
          if (finalCodes.includes(codeOf(error))) end(endOfCode[codeOf(error)] ?? 'failed')
          else rejoin(tries + 1)
        })
      },
      Math.random() * rejoinMs * (tries === 0 ? 1 : 2 ** Math.min(tries, 5)),
    )
  }

  async function enter(at: number): Promise<void> {
    const again = callId === undefined ? {} : { againCallId: callId }
    const joined = await client.command('call:join', { roomId, isVideo, ...again })
    if (at !== place) return
    callId = joined.callId
    // Others go on meanwhile: from here on nothing that is told is missed.
    myPeerId = joined.peerId
    settle(joined.peers)
    for (const event of early.splice(0)) hear(event)
    const device = new Device()
    await device.load({ routerRtpCapabilities: joined.rtpCapabilities as never })
    if (at !== place) return
    const { command } = client
    const mine = openTransports({ command, device, roomId, joined, path, onBroken: () => rejoin() })
    transports = mine
    received.enter(mine)
    change({ status: 'joined', myPeerId: joined.peerId, startedAtMs: joined.startedAt })
    settle(peers)
    schedule(joined.peerId)
    stopWatching = watchQuality({
      receiveStats: mine.receiveStats,
      sendStats: mine.sendStats,
      myPeerId: joined.peerId,
      peerOfTrack,
      onQuality: (quality) => (at === place ? change({ quality }) : undefined),
    })
    toldHand = false
    await sent.enter(mine)
    await tellHand()
  }
  /** Until the server knows; what does not arrive is told again with the next `call:keep`. */
  async function tellHand(): Promise<void> {
    const { isHandRaised } = state
    if (isHandRaised === toldHand) return
    await client.command('call:raise-hand', { roomId, isHandRaised })
    toldHand = isHandRaised
  }
  function peerOfTrack(trackId: string): string | undefined {
    const producer = received.producerOfTrack(trackId)
    return peers.find(({ producers }) => producers.some(({ producerId }) => producerId === producer))?.peerId
  }
  /** Says that we are there, and repairs what pushes lost. */
  async function keep(peerId: string): Promise<void> {
    const at = place
    try {
      const sound = sent.settled('microphone')
      const { peers: now, isMuted } = await client.command('call:keep', { roomId, peerId })
      if (at !== place) return
      settle(now)
      // Muted by the host, and not told. A change of our own meanwhile is newer than the answer.
      if (isMuted && sound?.isPaused === false && sent.settled('microphone') === sound) await muteHere()
      await sent.repair()
      await tellHand()
    } catch (error) {
      if (at === place && codeOf(error) === 'call_not_found') rejoin()
    }
  }
  function schedule(peerId: string): void {
    const at = place
    timer = setTimeout(() => {
      void keep(peerId).then(() => (at === place ? schedule(peerId) : undefined))
    }, keepMs)
  }

  /** The host has done it already; what this device thinks follows, and so does its button. */
  async function muteHere(): Promise<void> {
    const work = sent.setPaused('microphone', true)
    change({ mutedCount: (state.mutedCount ?? 0) + 1 })
    await work.catch(() => undefined)
  }
  function hear(event: CallEvent): void {
    const { to, change: told } = event
    if (myPeerId === undefined) early.push(event)
    if (to !== myPeerId) return
    if (told.kind === 'muted') void muteHere()
    else if (told.kind === 'mute-asked') change({ muteAskedCount: (state.muteAskedCount ?? 0) + 1 })
    else if (told.kind === 'speaker') change({ speakerPeerId: told.peerId })
    else if (told.kind !== 'out') settle(changePeers(peers, told))
    else if (told.reason === 'lost') rejoin()
    else end(told.reason)
  }
  const offEvents = client.on('call-event', (event) => {
    if (event.roomId === roomId) hear(event)
  })
  /** The media went on without the socket, or broke with it. */
  const offConnection = client.on('connection-changed', ({ state: connection }) => {
    if (connection !== 'online') return
    if (transports === undefined) return rejoin()
    transports.check()
    if (state.myPeerId !== undefined) void keep(state.myPeerId)
  })
  /** Whoever signs in next on this device was not in it. */
  const offSession = client.on('session-changed', ({ status }) => {
    if (status !== 'signed-in') end('left')
  })
  rejoin()

  const changed = async (work: Promise<void>): Promise<void> => {
    change({})
    await work
  }
  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setTrack: (source, track) => changed(sent.setTrack(source, track)),
    setPaused: (source, isPaused) => changed(sent.setPaused(source, isPaused)),
    show: (heights) => received.show(heights),
    raiseHand: async (isHandRaised) => {
      change({ isHandRaised })
      await tellHand()
    },
    leave: async () => {
      end('left')
      await client.command('call:leave', { roomId }).catch(() => undefined)
    },
  }
}
