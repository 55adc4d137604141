import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LocalPlace } from '../places/local-place.ts'
import type { MediaPlace } from '../places/media-place.ts'
import type { MediaNode } from '../nodes/call-leases.ts'
import type { Placement, WorkerPool } from '../workers/worker-pool.ts'
import type { Call } from './call.ts'

/** Other nodes that lend places. */
export interface FarPlaces {
  /** Those that have room, the calmest first. */
  listNodes(): Promise<readonly MediaNode[]>
  /** @throws {AppError} when it has none to lend */
  open(node: MediaNode, call: Call, onLost: (place: MediaPlace) => void): Promise<MediaPlace>
}

export interface ChoosePlaceDeps {
  readonly pool: WorkerPool
  readonly nodeId: string
  readonly toPlace: (placement: Placement) => LocalPlace
  readonly farPlaces: FarPlaces
  /** Devices at one place before there is another. */
  readonly routerPeers: number
  /** Devices at one node before another one lends places. */
  readonly nodePeers: number
  /** Whether this node has as much to do as it should. */
  readonly isBusy: () => boolean
  /** A place beside the first is gone. */
  readonly onLost: (call: Call, place: MediaPlace) => void
}

/**
 * Where one more device of a call goes: a place with room; else a new one at a worker of this node that the call does
 * not use yet; when this node is full, one at another node. Without any of these, where the fewest are.
 */
export function createChoosePlace(deps: ChoosePlaceDeps): (call: Call) => Promise<MediaPlace> {
  const { pool, nodeId, toPlace, farPlaces, routerPeers, nodePeers, isBusy, onLost } = deps
  const growing = new WeakMap<Call, Promise<MediaPlace | undefined>>()

  const peersAt = (call: Call, isThere: (place: MediaPlace) => boolean): number =>
    [...call.peers.values()].filter(({ place }) => isThere(place)).length
  const hasRoom = (call: Call, place: MediaPlace): boolean =>
    peersAt(call, (at) => at === place) < routerPeers
  const nodeHasRoom = (call: Call, node: string): boolean =>
    peersAt(call, (at) => at.nodeId === node) < nodePeers && !(node === nodeId && isBusy())
  const calmest = (call: Call): MediaPlace => {
    const count = (place: MediaPlace): number => peersAt(call, (at) => at === place)
    const [first] = call.places.toSorted((one, other) => count(one) - count(other))
    if (first === undefined) throw new AppError('unavailable', undefined, { retryAfterMs: 200 })
    return first
  }

  function add(call: Call, place: MediaPlace): MediaPlace {
    if (call.isClosed) {
      place.close()
      throw new AppError('unavailable', undefined, { retryAfterMs: 200 })
    }
    call.places.push(place)
    return place
  }
  function lose(call: Call, place: MediaPlace): void {
    const at = call.places.indexOf(place)
    if (at === -1) return
    call.places.splice(at, 1)
    onLost(call, place)
  }
  async function growHere(call: Call): Promise<MediaPlace | undefined> {
    const here = call.places.flatMap((place) => (isLocal(place) ? [place] : []))
    const placement = await pool.placeBeside(here)
    if (placement === undefined) return undefined
    const place = add(call, toPlace(placement))
    placement.router.on('workerclose', () => lose(call, place))
    return place
  }
  async function growElsewhere(call: Call): Promise<MediaPlace | undefined> {
    for (const node of await farPlaces.listNodes().catch(() => [])) {
      if (!nodeHasRoom(call, node.nodeId)) continue
      // One that has nothing to lend, or has just died, is passed over.
      const place = await farPlaces.open(node, call, (gone) => lose(call, gone)).catch(() => undefined)
      if (place !== undefined) return add(call, place)
    }
    return undefined
  }
  async function grow(call: Call): Promise<MediaPlace | undefined> {
    const grown = nodeHasRoom(call, nodeId) ? await growHere(call) : undefined
    return (
      grown ??
      (await growElsewhere(call)) ??
      call.places.find((place) => hasRoom(call, place)) ??
      growHere(call)
    )
  }

  return async (call) => {
    const free = call.places.find((place) => hasRoom(call, place) && nodeHasRoom(call, place.nodeId))
    if (free !== undefined) return free
    let grown = growing.get(call)
    if (grown === undefined) {
      grown = grow(call).finally(() => growing.delete(call))
      growing.set(call, grown)
    }
    return (await grown) ?? calmest(call)
  }
}

const isLocal = (place: MediaPlace): place is LocalPlace => place.router !== undefined
