import type { Clock } from '../../clock/clock.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createLoop } from '../../lifecycle/create-loop.ts'
import type { Logger } from '../../logging/logger.ts'
import type { EventLog } from '../event-log.ts'
import { defaultRetry, type RetryPolicy } from '../handle-event.ts'
import { createConsumerGroup, type ConsumerGroup } from './consumer-group.ts'
import { appendEvents, eventLogMigration } from './event-store.ts'
import { defaultRetention, pruneEvents, type Retention } from './prune-events.ts'

export interface SqliteEventLogDeps {
  readonly clock: Clock
  readonly log: Logger
  readonly retry?: RetryPolicy
  readonly retention?: Retention
  readonly setting?: string
}

const pruneEveryMs = 60_000

/**
 * The event log as a table in a file of its own. Each group reads on from its stored position, told at once of what
 * this process appends and within half a second of what another one does. Of several readers of one group one reads, the others stand by for
 * when it closes; two processes do not read one group.
 *
 * @throws {ConfigError} when the file cannot be used
 */
export async function openSqliteEventLog(url: string, deps: SqliteEventLogDeps): Promise<EventLog> {
  const { clock, log, retry = defaultRetry, retention = defaultRetention } = deps
  const database = await openDatabase(url, {
    migrations: [eventLogMigration],
    log,
    ...(deps.setting === undefined ? {} : { setting: deps.setting }),
  })
  const groups = new Map<string, ConsumerGroup>()
  const readersOf = (group: string): ConsumerGroup => {
    const known = groups.get(group)
    if (known !== undefined) return known
    const made = createConsumerGroup(group, { database, clock, log, retry })
    groups.set(group, made)
    return made
  }

  const prune = createLoop({
    run: async () => {
      const { forgottenGroups } = await pruneEvents(database, retention, clock.now())
      if (forgottenGroups.length > 0) log.warn({ forgottenGroups }, 'event log groups forgotten')
      return false
    },
    idleMs: pruneEveryMs,
    onError: (error, failures) => log.warn({ err: error, failures }, 'event log not pruned'),
  })
  prune.start()

  return {
    append: async (events) => {
      if (events.length === 0) return
      await database.transaction((trx) => appendEvents(trx, events, clock.now()))
      for (const group of groups.values()) group.nudge()
    },
    subscribe: ({ group, handlers }) => readersOf(group).join(handlers),
    close: async () => {
      await prune.stop()
      await Promise.all([...groups.values()].map((group) => group.close()))
      await database.close()
    },
  }
}
