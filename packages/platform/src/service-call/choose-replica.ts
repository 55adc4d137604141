/** Which replica a call goes to, and which one next. */
export interface ReplicaChoice {
  /**
   * All replicas, the best first. Calls with one key begin at one replica (rendezvous hashing: when a replica goes or
   * comes, only its own keys move), calls without take turns. Replicas that failed lately are last.
   */
  list(key: string | undefined): readonly string[]
  /** It answered. */
  succeeded(url: string): void
  /** It did not answer: passed over until one call has tried it again. */
  failed(url: string): void
}

/** A replica that failed is tried again after this, by one call alone, in ms. */
const restMs = 1_000

interface Suspect {
  triedAtMs: number
}

export function createReplicaChoice(urls: readonly string[], nowMs: () => number): ReplicaChoice {
  const suspects = new Map<string, Suspect>()
  let turn = 0

  /** Whether a call may begin there; the one that is let through to a suspect is its probe. */
  const isTrusted = (url: string): boolean => {
    const suspect = suspects.get(url)
    if (suspect === undefined) return true
    if (nowMs() - suspect.triedAtMs < restMs) return false
    suspect.triedAtMs = nowMs()
    return true
  }
  const inOrder = (key: string | undefined): readonly string[] => {
    if (urls.length === 1) return urls
    if (key !== undefined) return urls.toSorted((a, b) => weigh(b, key) - weigh(a, key))
    const first = turn++ % urls.length
    return [...urls.slice(first), ...urls.slice(0, first)]
  }
  return {
    list: (key) => {
      const ordered = inOrder(key)
      if (suspects.size === 0) return ordered
      // Only the first place is a probe: what stands behind is not called unless the first fails.
      const at = ordered.findIndex(isTrusted)
      const first = ordered[at]
      return first === undefined ? ordered : [first, ...ordered.filter((url) => url !== first)]
    },
    succeeded: (url) => void suspects.delete(url),
    failed: (url) => void suspects.set(url, { triedAtMs: nowMs() }),
  }
}

/** FNV-1a over both, so that every replica has its own order of keys. */
function weigh(url: string, key: string): number {
  let hash = 0x811c9dc5
  const text = `${key} ${url}`
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  // The last characters alone would decide without a final mix.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0
  return (hash ^ (hash >>> 13)) >>> 0
}
