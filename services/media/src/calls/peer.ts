import type { CallPeer, CallProducer, MediaSource } from '@our-now/contracts/media.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { MediaConsumer, MediaPlace, MediaProducer, MediaTransport } from '../places/media-place.ts'

/** One signed-in device in a call: what it owns, and nothing of anybody else's. */
export interface Peer {
  readonly peerId: string
  readonly userId: string
  readonly sessionId: string
  /** Where its transports are. */
  readonly place: MediaPlace
  readonly sendTransport: MediaTransport
  readonly receiveTransport: MediaTransport
  readonly producers: Map<string, MediaProducer>
  readonly consumers: Map<string, MediaConsumer>
  isHandRaised: boolean
  /** When it last said something, on the process's monotonic clock. */
  heardAtMs: number
  isClosed: boolean
}

export interface ProducerData extends Record<string, unknown> {
  readonly source: MediaSource
  readonly peerId: string
}

export const toCallProducer = (producer: MediaProducer): CallProducer => ({
  producerId: producer.id,
  kind: producer.kind,
  source: producer.appData.source,
  isPaused: producer.paused,
})

export const toCallPeer = (peer: Peer): CallPeer => ({
  peerId: peer.peerId,
  userId: peer.userId,
  isHandRaised: peer.isHandRaised,
  producers: [...peer.producers.values()].map(toCallProducer),
})

/** One of the peer's own two transports. @throws {AppError} not_found for any other id, whoever's it is */
export function transportOf(peer: Peer, transportId: string): MediaTransport {
  const found = [peer.sendTransport, peer.receiveTransport].find(({ id }) => id === transportId)
  if (found === undefined) throw new AppError('not_found')
  return found
}

/** Ends the peer: its transports, and with them its producers and consumers. Safe to call twice. */
export function closePeer(peer: Peer): void {
  if (peer.isClosed) return
  peer.isClosed = true
  peer.sendTransport.close()
  peer.receiveTransport.close()
  peer.producers.clear()
  peer.consumers.clear()
}

/** What the device sends of its sound, if it does. */
export const microphoneOf = ({ producers }: Peer): MediaProducer | undefined =>
  [...producers.values()].find(({ appData }) => appData.source === 'microphone')
