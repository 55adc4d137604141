import type { PartitionLag } from './lag.ts'

/** Signs of life of a consumer. */
export interface Pulse {
  onFetched(): void
  onHandled(): void
  onAssigned(partitions: Readonly<Record<string, readonly number[]>>): void
  /** Another consumer begins. */
  reset(): void
  /** Why the consumer has to be replaced, judged by its lags of now; undefined: it is well. */
  findProblem(lags: readonly PartitionLag[]): string | undefined
}

/** @param silentMs  How long it may give no sign. A fetch comes back twice a second, whether it finds something or not. */
export function createPulse(silentMs: number): Pulse {
  let fetchedAtMs = 0
  let movedAtMs = 0
  let assigned: Readonly<Record<string, readonly number[]>> = {}
  const reset = (): void => {
    fetchedAtMs = movedAtMs = performance.now()
    assigned = {}
  }
  reset()

  return {
    reset,
    onFetched: () => {
      fetchedAtMs = performance.now()
    },
    onHandled: () => {
      fetchedAtMs = movedAtMs = performance.now()
    },
    onAssigned: (partitions) => {
      assigned = partitions
      movedAtMs = performance.now()
    },
    findProblem: (lags) => {
      const now = performance.now()
      const hasLag = lags.some(
        ({ topic, partition, lag }) => lag > 0 && (assigned[topic] ?? []).includes(partition),
      )
      if (!hasLag) movedAtMs = now
      if (now - fetchedAtMs > silentMs) return 'it fetches nothing'
      return now - movedAtMs > silentMs ? 'it stands still though events wait' : undefined
    },
  }
}
