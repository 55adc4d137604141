import type { Clock } from '../../clock/clock.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createLoop } from '../../lifecycle/create-loop.ts'
import type { Logger } from '../../logging/logger.ts'
import type { EventLog } from '../event-log.ts'
import { defaultRetry, type RetryPolicy } from '../handle-event.ts'
import { appendEvents, eventLogMigration, joinGroup } from './event-store.ts'
import { defaultRetention, pruneEvents, type Retention } from './prune-events.ts'
import { startSubscription, type SqliteSubscription } from './subscription.ts'

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
 * this process appends and within half a second of what another one does. A group has one reader at a time.
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
  const subscriptions = new Map<string, SqliteSubscription>()

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
      for (const subscription of subscriptions.values()) subscription.nudge()
    },
    subscribe: async ({ group, handlers }) => {
      if (subscriptions.has(group)) throw new Error(`the group ${group} is being read already`)
      const position = await database.transaction((trx) => joinGroup(trx, group, clock.now()))
      const subscription = startSubscription({ database, clock, log, retry, group, handlers, position })
      subscriptions.set(group, subscription)
      return {
        close: async () => {
          subscriptions.delete(group)
          await subscription.close()
        },
      }
    },
    close: async () => {
      await prune.stop()
      await Promise.all([...subscriptions.values()].map((subscription) => subscription.close()))
      subscriptions.clear()
      await database.close()
    },
  }
}
