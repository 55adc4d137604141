import type { Clock } from '../../clock/clock.ts'
import type { Database } from '../../database/database.ts'
import { createLoop } from '../../lifecycle/create-loop.ts'
import type { Logger } from '../../logging/logger.ts'
import type { EventHandlers, Subscription } from '../event-log.ts'
import { handleEvent, type Handled, type RetryPolicy } from '../handle-event.ts'
import { shardOf } from '../shard-of.ts'
import {
  listEventsAfter,
  moveGroup,
  parkDeadEvents,
  type DeadEvent,
  type PlacedEvent,
} from './event-store.ts'

export interface SqliteSubscription extends Subscription {
  nudge(): void
}

export interface GroupDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly retry: RetryPolicy
}

interface SubscriptionDeps extends GroupDeps {
  readonly group: string
  readonly handlers: EventHandlers
  /** The last position that the group has behind it. */
  readonly position: number
}

const eventsPerBatch = 200
/** The net under the nudges: what another process appended, in ms. */
const pollMs = 500
/** A group that reads nothing still says that it is there, in ms. */
const seenEveryMs = 3_600_000

/**
 * Reads the log for one group: a batch at a time, its keys side by side, the events of one key one after the other.
 * The position is stored when a batch is done, so after a crash its events come again.
 */
export function startSubscription(deps: SubscriptionDeps): SqliteSubscription {
  const { database, clock, log, group } = deps
  const ending = new AbortController()
  let { position } = deps
  let seenAtMs = clock.now()

  const readBatch = async (): Promise<boolean> => {
    const batch = await listEventsAfter(database.reader, position, eventsPerBatch)
    if (batch.length === 0 && clock.now() - seenAtMs < seenEveryMs) return false
    const handled = await handleBatch(batch, { ...deps, signal: ending.signal })
    const passed = lastPassed(batch, handled) ?? position
    const dead = batch.flatMap((placed) => toDeadEvent(placed, handled.get(placed.position)))
    for (const { event, error, attempts } of dead)
      log.error({ group, type: event.type, key: event.key, attempts, error }, 'event parked in dead_events')
    if (passed === position && dead.length === 0 && batch.length > 0) return false
    seenAtMs = clock.now()
    await database.transaction(async (trx) => {
      await parkDeadEvents(trx, group, dead, seenAtMs)
      await moveGroup(trx, group, passed, seenAtMs)
    })
    position = passed
    return batch.length === eventsPerBatch
  }

  const loop = createLoop({
    run: readBatch,
    idleMs: pollMs,
    onError: (error, failures) => log.warn({ err: error, failures, group }, 'event log group waits'),
  })
  loop.start()
  return {
    nudge: () => loop.nudge(),
    close: async () => {
      ending.abort()
      await loop.stop()
    },
  }
}

type BatchDeps = SubscriptionDeps & { readonly signal: AbortSignal }

/** Keys are spread over shards as Kafka spreads them over partitions; each shard works alone. */
async function handleBatch(
  batch: readonly PlacedEvent[],
  deps: BatchDeps,
): Promise<ReadonlyMap<number, Handled>> {
  const handled = new Map<number, Handled>()
  const shards = Map.groupBy(batch, ({ event }) => shardOf(event.key))
  const handleShard = async (placed: readonly PlacedEvent[]): Promise<void> => {
    for (const { position, event } of placed) handled.set(position, await handleEvent(event, deps))
  }
  await Promise.all([...shards.values()].map(handleShard))
  return handled
}

/** The last position with everything before it behind the group. */
function lastPassed(
  batch: readonly PlacedEvent[],
  handled: ReadonlyMap<number, Handled>,
): number | undefined {
  const ended = batch.findIndex(({ position }) => handled.get(position)?.outcome === 'ended')
  return ended === -1 ? batch.at(-1)?.position : batch[ended - 1]?.position
}

function toDeadEvent(placed: PlacedEvent, handled: Handled | undefined): DeadEvent[] {
  if (handled?.outcome !== 'failed') return []
  return [{ ...placed, error: String(handled.error), attempts: handled.attempts }]
}
