import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** A media node as the others see it. */
export const MediaNode = Type.Object({
  /** New with every start of the process. */
  nodeId: Type.String(),
  /** Where other nodes reach it. */
  url: Type.String(),
})
export type MediaNode = Static<typeof MediaNode>

/** Which node has the call of a room. At most one has it: whoever loses the lease gives the call up. */
export interface CallLeases {
  readonly me: MediaNode
  /** Takes a room's call for this node. @returns its epoch; undefined: another node has the call */
  take(roomId: string): Promise<number | undefined>
  /**
   * Extends it. @returns false when another node has it now. While the store is away it is taken to be ours: nobody
   * else can take it then either.
   */
  keep(roomId: string): Promise<boolean>
  /** As `keep`, and asks nobody while the lease cannot have ended. */
  isOurs(roomId: string): Promise<boolean>
  giveBack(roomId: string): Promise<void>
  /** Undefined: nobody has it. */
  ownerOf(roomId: string): Promise<MediaNode | undefined>
}

/** How long the last epoch of a room's calls is remembered, in ms. */
const epochTtlMs = 24 * 3_600_000

export const callKey = (roomId: string): string => `media:call:${roomId}`

export function createCallLeases({
  leaseStore,
  me,
  leaseMs,
}: {
  readonly leaseStore: LeaseStore
  readonly me: MediaNode
  readonly leaseMs: number
}): CallLeases {
  /** Until when nobody else can have it, by the process's monotonic clock: it goes on while the process is stopped. */
  const untilMs = new Map<string, number>()
  const asText = JSON.stringify(me)

  async function claim(roomId: string): Promise<boolean> {
    // Counted from before the question: the lease cannot end earlier than we think.
    const askedAtMs = performance.now()
    const { member } = await leaseStore.claim(callKey(roomId), me.nodeId, leaseMs, asText)
    if (member !== me.nodeId) {
      untilMs.delete(roomId)
      return false
    }
    untilMs.set(roomId, askedAtMs + leaseMs)
    return true
  }
  /** One more than the last epoch of this room's calls, on whichever node that was. Asked by the owner alone. */
  async function nextEpoch(roomId: string): Promise<number> {
    const key = `media:epoch:${roomId}`
    const last = (await leaseStore.list([key])).get(key)?.[0]?.value
    const epoch = last === undefined ? 1 : Number(last) + 1
    await leaseStore.hold(key, 'epoch', epochTtlMs, String(epoch))
    return epoch
  }
  const keep = async (roomId: string): Promise<boolean> => {
    try {
      return await claim(roomId)
    } catch {
      // Whether the store answers is told by its own circuit.
      return true
    }
  }
  return {
    me,
    take: async (roomId) => ((await claim(roomId)) ? nextEpoch(roomId) : undefined),
    keep,
    isOurs: async (roomId) => (performance.now() < (untilMs.get(roomId) ?? 0) ? true : keep(roomId)),
    giveBack: async (roomId) => {
      untilMs.delete(roomId)
      await leaseStore.release(callKey(roomId), me.nodeId)
    },
    ownerOf: async (roomId) => {
      const key = callKey(roomId)
      const [holder] = (await leaseStore.list([key])).get(key) ?? []
      return readNode(holder?.value)
    },
  }
}

/** Undefined for what no node wrote. */
function readNode(value: string | undefined): MediaNode | undefined {
  const read: unknown = value === undefined ? undefined : JSON.parse(value)
  return Value.Check(MediaNode, read) ? read : undefined
}
