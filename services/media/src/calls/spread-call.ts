import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Placement, WorkerPool } from '../workers/worker-pool.ts'
import type { Call } from './call.ts'

/** A call over several workers of this node: each device has its place at one of them. */
export interface SpreadCall {
  /** Where one more device goes: a place with room, else a new one at a worker that the call does not use yet. */
  placeFor(call: Call): Promise<Placement>
  /** What a producer sends becomes receivable at `to`. Repeating it is harmless. */
  bring(
    call: Call,
    producerId: string,
    way: { readonly from: Placement; readonly to: Placement },
  ): Promise<void>
}

export function createSpreadCall({
  pool,
  routerPeers,
  onLost,
}: {
  readonly pool: WorkerPool
  /** Devices at one place before there is another. */
  readonly routerPeers: number
  /** The worker of a place beside the first has died. */
  readonly onLost: (call: Call, place: Placement) => void
}): SpreadCall {
  /** What was brought already or is on its way, by call; ends with the producer. */
  const brought = new WeakMap<Call, Map<string, Promise<void>>>()
  const growing = new WeakMap<Call, Promise<Placement | undefined>>()

  async function grow(call: Call): Promise<Placement | undefined> {
    const place = await pool.placeBeside(call.places)
    if (place === undefined) return undefined
    if (call.isClosed) {
      place.router.close()
      throw new AppError('unavailable', undefined, { retryAfterMs: 200 })
    }
    call.places.push(place)
    place.router.on('workerclose', () => {
      call.places.splice(call.places.indexOf(place), 1)
      onLost(call, place)
    })
    return place
  }
  const peersAt = (call: Call, place: Placement): number =>
    [...call.peers.values()].filter((peer) => peer.place === place).length
  const calmest = (call: Call): Placement =>
    call.places.toSorted((one, other) => peersAt(call, one) - peersAt(call, other))[0] ?? call

  return {
    placeFor: async (call) => {
      const free = call.places.find((place) => peersAt(call, place) < routerPeers)
      if (free !== undefined) return free
      let grown = growing.get(call)
      if (grown === undefined) {
        grown = grow(call).finally(() => growing.delete(call))
        growing.set(call, grown)
      }
      return (await grown) ?? calmest(call)
    },
    bring: async (call, producerId, { from, to }) => {
      if (from === to) return
      const known = brought.get(call) ?? new Map<string, Promise<void>>()
      brought.set(call, known)
      const key = `${producerId} ${to.router.id}`
      const begun = known.get(key)
      if (begun !== undefined) return begun
      const bringing = (async () => {
        const { pipeProducer } = await from.router.pipeToRouter({ producerId, router: to.router })
        pipeProducer?.observer.once('close', () => known.delete(key))
      })()
      known.set(key, bringing)
      bringing.catch(() => known.delete(key))
      return bringing
    },
  }
}
