import type { Metrics } from '../telemetry/create-metrics.ts'
import type { PartitionLag } from './kafka/lag.ts'

/** What the readers of the event log have to tell an operator. */
export interface EventLogMetrics {
  /** @returns takes it away again */
  watchLag(group: string, read: () => readonly PartitionLag[]): () => void
  onParked(group: string): void
  onRestart(group: string): void
}

export const noEventLogMetrics: EventLogMetrics = {
  watchLag: () => () => undefined,
  onParked: () => undefined,
  onRestart: () => undefined,
}

export function createEventLogMetrics(metrics: Metrics): EventLogMetrics {
  const readers = new Map<() => readonly PartitionLag[], string>()
  metrics.gauges(
    'app_event_log_lag_events',
    'Events that a group has not handled yet.',
    ['group', 'topic', 'partition'],
    () =>
      [...readers].flatMap(([read, group]) =>
        read().map(({ topic, partition, lag }) => ({
          labels: { group, topic, partition: String(partition) },
          value: lag,
        })),
      ),
  )
  const countParked = metrics.counter('app_event_log_parked_total', 'Events that nobody could handle.', [
    'group',
  ])
  const countRestarts = metrics.counter('app_event_log_restarts_total', 'Consumers begun anew.', ['group'])
  return {
    watchLag: (group, read) => {
      readers.set(read, group)
      return () => readers.delete(read)
    },
    onParked: (group) => countParked({ group }),
    onRestart: (group) => countRestarts({ group }),
  }
}
