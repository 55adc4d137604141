import type { CallEvent, CallPeer, MediaSource } from '@our-now/contracts/media.ts'
import { Device } from 'mediasoup-client'
import type { Consumer, Producer } from 'mediasoup-client/types'
import type { Client } from '../client.ts'
import { codeOf } from '../client-error.ts'
import type { CallEnd, CallState, CallTile } from './call-state.ts'
import { openTransports, type CallTransports } from './call-transports.ts'

export interface CallSession {
  readonly state: () => CallState
  /** Told after every change. Answers how to stop. */
  readonly onChange: (listener: (state: CallState) => void) => () => void
  /** Sends this track as `source` from now on; undefined ends it. The track stays the caller's. */
  readonly setTrack: (source: MediaSource, track: MediaStreamTrack | undefined) => Promise<void>
  readonly setPaused: (source: MediaSource, isPaused: boolean) => Promise<void>
  readonly raiseHand: (isRaised: boolean) => Promise<void>
  readonly leave: () => Promise<void>
}

/** How often the server hears that we are there, in ms. */
const keepMs = 5_000
/** A lost call is joined again after up to this long, so that not all do it at once; each further try waits longer. */
const rejoinMs = 300
const mostTries = 8

/** What ends a call for good: trying again would answer the same. */
const finalCodes = [
  'room_not_found',
  'call_full',
  'calls_unavailable',
  'unauthenticated',
  'session_ended',
  'callee_busy',
  'blocked',
]
/** How a refused join reads as the end of a call; `failed` where it does not say. */
const endOfCode: Readonly<Partial<Record<string, CallEnd>>> = {
  room_not_found: 'removed',
  callee_busy: 'busy',
  blocked: 'blocked',
}

interface Sent {
  readonly track: MediaStreamTrack
  isPaused: boolean
  producer?: Producer
  /** The place for which a producer is being made. */
  openingAt?: number
}

/** Joins the call of a room, starting it if there is none, and stays in it until `leave`. */
export function joinCall(
  client: Pick<Client, 'command' | 'on'>,
  { roomId, isVideo }: { readonly roomId: string; readonly isVideo: boolean },
): CallSession {
  const listeners = new Set<(state: CallState) => void>()
  const sent = new Map<MediaSource, Sent>()
  const consumers = new Map<string, Consumer>()
  let peers: readonly CallPeer[] = []
  let transports: CallTransports | undefined
  let state: CallState = { status: 'joining', tiles: [], sent: {}, isHandRaised: false }
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Raised by every join: what belongs to an earlier place is dropped. */
  let place = 0

  const change = (part: Partial<CallState>): void => {
    state = { ...state, ...part, tiles: peers.map(toTile), sent: toSent() }
    for (const listener of listeners) listener(state)
  }
  const toTile = ({ peerId, userId, isHandRaised, producers }: CallPeer): CallTile => ({
    peerId,
    userId,
    isHandRaised,
    media: producers.map(({ producerId, source, isPaused }) => {
      const track = consumers.get(producerId)?.track
      return { producerId, source, isPaused, ...(track === undefined ? {} : { track }) }
    }),
  })
  const toSent = (): CallState['sent'] =>
    Object.fromEntries([...sent].map(([source, { isPaused }]) => [source, { isPaused }]))

  /** Makes what is received equal to what the others send. */
  function settle(next: readonly CallPeer[]): void {
    peers = next
    const wanted = new Set(peers.flatMap(({ producers }) => producers.map(({ producerId }) => producerId)))
    for (const [producerId, consumer] of consumers)
      if (!wanted.has(producerId)) {
        consumer.close()
        consumers.delete(producerId)
      }
    for (const producerId of wanted) if (!consumers.has(producerId)) void receive(producerId)
    change({})
  }
  const receiving = new Set<string>()
  async function receive(producerId: string): Promise<void> {
    const [at, mine] = [place, transports]
    if (mine === undefined || receiving.has(producerId)) return
    receiving.add(producerId)
    try {
      const consumer = await mine.receive(producerId)
      if (at !== place) return consumer.close()
      consumers.set(producerId, consumer)
      change({})
    } catch {
      // It ended meanwhile, or the next `call:keep` tries again.
    } finally {
      receiving.delete(producerId)
    }
  }
  async function publish(source: MediaSource, item: Sent): Promise<void> {
    // Both a join and a new track may ask for it at the same time.
    if (transports === undefined || item.producer !== undefined || item.openingAt === place) return
    item.openingAt = place
    item.producer = await transports.send(source, item.track, item.isPaused)
  }

  function drop(): void {
    place += 1
    clearTimeout(timer)
    transports?.close()
    transports = undefined
    consumers.clear()
    receiving.clear()
    for (const item of sent.values()) delete item.producer
  }
  function end(reason: CallEnd): void {
    drop()
    off()
    peers = []
    change({ status: 'ended', end: reason })
  }
  function rejoin(tries = 0): void {
    if (state.status === 'ended') return
    drop()
    if (tries >= mostTries) return end('failed')
    change({ status: state.status === 'joining' ? 'joining' : 'recovering' })
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
    const joined = await client.command('call:join', { roomId, isVideo })
    if (at !== place) return
    const device = new Device()
    await device.load({ routerRtpCapabilities: joined.rtpCapabilities as never })
    if (at !== place) return
    transports = openTransports({ command: client.command, device, roomId, joined, onBroken: () => rejoin() })
    change({ status: 'joined', myPeerId: joined.peerId, startedAtMs: joined.startedAt })
    settle(joined.peers)
    if (state.isHandRaised) await client.command('call:raise-hand', { roomId, isHandRaised: true })
    for (const [source, item] of sent) await publish(source, item)
    schedule(joined.peerId)
  }
  /** Says that we are there, and repairs what pushes lost. */
  function schedule(peerId: string): void {
    const at = place
    timer = setTimeout(() => {
      client
        .command('call:keep', { roomId, peerId })
        .then(
          ({ peers: now }) => (at === place ? settle(now) : undefined),
          (error: unknown) => {
            if (at === place && codeOf(error) === 'call_not_found') rejoin()
          },
        )
        .finally(() => {
          if (at === place) schedule(peerId)
        })
    }, keepMs)
  }

  function hear({ to, change: told }: CallEvent): void {
    if (to !== state.myPeerId) return
    const withPeer = (peerId: string, patch: (peer: CallPeer) => CallPeer): void =>
      settle(peers.map((peer) => (peer.peerId === peerId ? patch(peer) : peer)))
    switch (told.kind) {
      case 'peer-joined':
        return settle([...peers.filter(({ peerId }) => peerId !== told.peer.peerId), told.peer])
      case 'peer-left':
        return settle(peers.filter(({ peerId }) => peerId !== told.peerId))
      case 'producer-changed':
        return withPeer(told.peerId, (peer) => ({
          ...peer,
          producers: [
            ...peer.producers.filter(({ producerId }) => producerId !== told.producer.producerId),
            told.producer,
          ],
        }))
      case 'producer-closed':
        return withPeer(told.peerId, (peer) => ({
          ...peer,
          producers: peer.producers.filter(({ producerId }) => producerId !== told.producerId),
        }))
      case 'hand':
        return withPeer(told.peerId, (peer) => ({ ...peer, isHandRaised: told.isHandRaised }))
      case 'speaker':
        return change({ speakerPeerId: told.peerId })
      case 'out':
        return told.reason === 'lost' ? rejoin() : end(told.reason)
    }
  }
  const off = client.on('call-event', (event) => {
    if (event.roomId === roomId) hear(event)
  })
  rejoin()

  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setTrack: async (source, track) => {
      const old = sent.get(source)
      sent.delete(source)
      if (old?.producer !== undefined) {
        old.producer.close()
        if (track === undefined)
          await client.command('call:set-producer', { roomId, producerId: old.producer.id, state: 'closed' })
      }
      if (track !== undefined) {
        const item: Sent = { track, isPaused: old?.isPaused ?? false }
        sent.set(source, item)
        await publish(source, item)
      }
      change({})
    },
    setPaused: async (source, isPaused) => {
      const item = sent.get(source)
      if (item === undefined) return
      item.isPaused = isPaused
      change({})
      if (item.producer === undefined) return
      if (isPaused) item.producer.pause()
      else item.producer.resume()
      const producerId = item.producer.id
      await client.command('call:set-producer', { roomId, producerId, state: isPaused ? 'paused' : 'on' })
    },
    raiseHand: async (isHandRaised) => {
      change({ isHandRaised })
      await client.command('call:raise-hand', { roomId, isHandRaised })
    },
    leave: async () => {
      end('left')
      await client.command('call:leave', { roomId }).catch(() => undefined)
    },
  }
}
