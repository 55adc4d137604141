import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { MediaNode } from './call-leases.ts'

/** A node that is alive, and how much it has to do. */
const LiveNode = Type.Object({
  ...MediaNode.properties,
  /** What flows through it, for each of its workers. Null: it has none. */
  load: Type.Union([Type.Number(), Type.Null()]),
})
export type LiveNode = Static<typeof LiveNode>

/** A device's place in a call, as another node needs it to tell the device that the place is lost. */
const Place = Type.Object({
  roomId: Type.String(),
  callId: Type.String(),
  sessionId: Type.String(),
  peerId: Type.String(),
})
const Places = Type.Array(Place)
type Place = Static<typeof Place>

/** What all media nodes know of each other. */
export interface NodeDirectory {
  /** Says that a node is alive; it must be said again before `leaseMs` have passed. */
  publish(node: LiveNode): Promise<void>
  listLive(): Promise<LiveNode[]>
  /** Leaves behind who is in this node's calls. */
  publishPlaces(nodeId: string, places: readonly Place[]): Promise<void>
  /** Those of a node that died. One of the others gets them, once; the rest get none. */
  inherit(deadId: string, heirId: string): Promise<Place[]>
  /** A node ends in order. */
  leave(nodeId: string): Promise<void>
}

/** How long a dead node's places are worth telling, in ms. */
const placesTtlMs = 120_000
const nodesKey = 'media:nodes'
const placesKey = (nodeId: string): string => `media:places:${nodeId}`

export function createNodeDirectory({
  leaseStore,
  leaseMs,
}: {
  readonly leaseStore: LeaseStore
  readonly leaseMs: number
}): NodeDirectory {
  const valuesOf = async (key: string): Promise<unknown[]> =>
    ((await leaseStore.list([key])).get(key) ?? []).map(({ value }) => JSON.parse(value ?? 'null'))
  return {
    publish: async (node) =>
      void (await leaseStore.hold(nodesKey, node.nodeId, leaseMs, JSON.stringify(node))),
    listLive: async () => (await valuesOf(nodesKey)).filter((value) => Value.Check(LiveNode, value)),
    publishPlaces: async (nodeId, places) =>
      void (await leaseStore.hold(placesKey(nodeId), nodeId, placesTtlMs, JSON.stringify(places))),
    inherit: async (deadId, heirId) => {
      const heir = await leaseStore.claim(`media:heir:${deadId}`, heirId, placesTtlMs)
      if (heir.member !== heirId) return []
      const [places] = await valuesOf(placesKey(deadId))
      await leaseStore.release(placesKey(deadId), deadId)
      return Value.Check(Places, places) ? places : []
    },
    leave: async (nodeId) => {
      await leaseStore.release(nodesKey, nodeId)
      await leaseStore.release(placesKey(nodeId), nodeId)
    },
  }
}
