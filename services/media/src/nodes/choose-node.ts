import type { MediaNode } from './call-leases.ts'
import type { LiveNode } from './node-directory.ts'

/**
 * Where a new call begins: where there is least to do. This node, when no other has clearly less: what the others say
 * of themselves is up to a second old.
 */
export function chooseNode(me: LiveNode, live: readonly LiveNode[]): MediaNode {
  const others = live.filter(({ nodeId }) => nodeId !== me.nodeId)
  let best = me
  for (const other of others)
    if (other.load !== null && other.load + clearlyLess < (best.load ?? Infinity)) best = other
  return { nodeId: best.nodeId, url: best.url }
}

/** About what a call of two puts on a worker: four consumers. */
const clearlyLess = 4
