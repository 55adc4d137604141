import type { MediaPlacesApi } from '@our-now/contracts/media-places.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { FarPlaces } from '../calls/choose-place.ts'
import type { CallLeases, MediaNode } from '../nodes/call-leases.ts'
import type { NodeDirectory } from '../nodes/node-directory.ts'
import { openFarPlace } from './far-place.ts'

/** Places that other nodes lend to this node's calls. A node with `mostLoad` to do for each of its workers lends none. */
export function createFarPlaces({
  openPlaces,
  directory,
  leases,
  leaseMs,
  mostLoad,
  clock,
}: {
  /** Absent: there are no other nodes. */
  readonly openPlaces: ((node: MediaNode) => MediaPlacesApi) | undefined
  readonly directory: NodeDirectory
  readonly leases: CallLeases
  readonly leaseMs: number
  readonly mostLoad: number
  readonly clock: Clock
}): FarPlaces {
  const { me } = leases
  if (openPlaces === undefined)
    return { listNodes: async () => [], open: () => Promise.reject(new Error('there are no other nodes')) }
  return {
    listNodes: async () =>
      (await directory.listLive())
        .filter(({ nodeId, load }) => nodeId !== me.nodeId && load !== null && load < mostLoad)
        .toSorted((one, other) => (one.load ?? 0) - (other.load ?? 0)),
    open: async (node, { roomId, epoch }, onLost) => {
      const place = await openFarPlace({
        node,
        api: openPlaces(node),
        roomId,
        epoch,
        ownerId: me.nodeId,
        leaseMs,
        clock,
        onLost: () => onLost(place),
      })
      return place
    },
  }
}
