import type { CallEventChange } from '@our-now/contracts/media.ts'
import type { ActiveSpeakerObserver } from 'mediasoup/types'
import type { MediaPlace } from '../places/media-place.ts'
import type { CallRecord } from '../room-calls/call-record.ts'
import type { Placement } from '../workers/worker-pool.ts'
import { toCallPeer, type Peer } from './peer.ts'

export type OutReason = Extract<CallEventChange, { kind: 'out' }>['reason']

/** The call of one room on this node, with its first place. Its peers by device: a device that joins again takes its own old place. */
export interface Call extends Placement {
  readonly callId: string
  readonly roomId: string
  readonly epoch: number
  readonly startedAtMs: number
  /** What outlives this node. */
  readonly record: CallRecord
  /** The workers that it is at, here or at other nodes; the first is the call's own `router`, which knows who speaks. */
  readonly places: MediaPlace[]
  readonly speakers: ActiveSpeakerObserver
  /** By session id. */
  readonly peers: Map<string, Peer>
  isClosed: boolean
}

/** Tells one device what happened. */
export type TellPeer = (call: Call, peer: Peer, change: CallEventChange) => void

export const othersOf = (call: Call, peer: Peer): Peer[] =>
  [...call.peers.values()].filter((other) => other !== peer)

/** Everybody but the peer itself. */
export function tellOthers(call: Call, peer: Peer, change: CallEventChange, tell: TellPeer): void {
  for (const other of othersOf(call, peer)) tell(call, other, change)
}

/** Ends the media of a call, wherever it is. */
export function closePlaces(call: Call): void {
  for (const place of call.places) place.close()
}

/** A 1:1 call in which nobody is left to talk to. It waits for the other while it rings. */
export const isPairOver = ({ record, peers }: Call): boolean =>
  record.isDirect &&
  record.answeredAtMs !== undefined &&
  new Set([...peers.values()].map(({ userId }) => userId)).size < 2

export const peersFor = (call: Call, peer: Peer) => othersOf(call, peer).map(toCallPeer)
