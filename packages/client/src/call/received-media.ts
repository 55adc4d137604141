import type { CallPeer } from '@our-now/contracts/media.ts'
import type { Consumer } from 'mediasoup-client/types'
import type { Client } from '../client.ts'
import { layerForHeight } from './bitrates.ts'
import type { CallTransports } from './call-transports.ts'

/** How a video is wanted: in how many lines, or not at all. */
interface View {
  readonly isPaused: boolean
  readonly spatialLayer?: number
}
interface Arriving {
  readonly consumer: Consumer
  /** What the server was told last. */
  told: View
}

/** What arrives from the others, and of that only what is looked at. */
export interface ReceivedMedia {
  /** Makes what is received equal to what the others send. Sound goes first. */
  follow(peers: readonly CallPeer[]): void
  trackOf(producerId: string): MediaStreamTrack | undefined
  producerOfTrack(trackId: string): string | undefined
  /** The videos on screen by producer, with the height of their tiles in px; all others rest. Undefined: all flow. */
  show(heights: ReadonlyMap<string, number> | undefined): void
  enter(transports: CallTransports): void
  drop(): void
}

const isSound = (source: string): boolean => source === 'microphone' || source === 'screen-audio'

export function createReceivedMedia(
  command: Client['command'],
  roomId: string,
  onChange: () => void,
): ReceivedMedia {
  const arriving = new Map<string, Arriving>()
  const opening = new Set<string>()
  const telling = new Set<string>()
  let transports: CallTransports | undefined
  let shown: ReadonlyMap<string, number> | undefined

  function viewOf(producerId: string, kind: 'audio' | 'video'): View {
    if (kind === 'audio' || shown === undefined) return { isPaused: false }
    const heightPx = shown.get(producerId)
    return heightPx === undefined
      ? { isPaused: true }
      : { isPaused: false, spatialLayer: layerForHeight(heightPx) }
  }
  async function open(producerId: string): Promise<void> {
    const place = transports
    if (place === undefined || opening.has(producerId) || arriving.has(producerId)) return
    opening.add(producerId)
    try {
      const consumer = await place.receive(producerId)
      if (place !== transports) return consumer.close()
      arriving.set(producerId, { consumer, told: { isPaused: true } })
      void tell(producerId)
      onChange()
    } catch {
      // It ended meanwhile, or the next `call:keep` tries again.
    } finally {
      if (place === transports) opening.delete(producerId)
    }
  }
  /** Tells the server how a producer is wanted, until it knows. One at a time for each. */
  async function tell(producerId: string): Promise<void> {
    if (telling.has(producerId)) return
    telling.add(producerId)
    try {
      for (;;) {
        const item = arriving.get(producerId)
        if (item === undefined) return
        const view = viewOf(producerId, item.consumer.kind)
        if (view.isPaused === item.told.isPaused && view.spatialLayer === item.told.spatialLayer) return
        await command('call:set-consumer', { roomId, consumerId: item.consumer.id, ...view })
        item.told = view
      }
    } catch {
      // The next `follow` tries again.
    } finally {
      telling.delete(producerId)
    }
  }

  return {
    follow: (peers) => {
      const producers = peers.flatMap((peer) => peer.producers)
      const wanted = new Set(producers.map(({ producerId }) => producerId))
      for (const [producerId, { consumer }] of arriving)
        if (!wanted.has(producerId)) {
          consumer.close()
          arriving.delete(producerId)
        }
      for (const { producerId } of producers.toSorted(
        (one, other) => Number(isSound(other.source)) - Number(isSound(one.source)),
      ))
        void (arriving.has(producerId) ? tell(producerId) : open(producerId))
    },
    trackOf: (producerId) => arriving.get(producerId)?.consumer.track,
    producerOfTrack: (trackId) =>
      [...arriving].find(([, { consumer }]) => consumer.track.id === trackId)?.[0],
    show: (heights) => {
      shown = heights
      for (const producerId of arriving.keys()) void tell(producerId)
    },
    enter: (place) => {
      transports = place
    },
    drop: () => {
      transports = undefined
      arriving.clear()
      opening.clear()
    },
  }
}
