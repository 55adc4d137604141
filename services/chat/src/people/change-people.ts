import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database, Transaction } from '@our-now/platform/database/database.ts'
import type { PublishUserEvents } from '../user-log/publish-user-events.ts'
import { appendUserEvents, type UserFact, type UserLogEntry } from '../user-log/user-log-store.ts'

/** One change to people and what everybody's devices are told of it, in one transaction. */
export interface PeopleChange {
  readonly trx: Transaction
  /** The instant of the change, ms since the epoch. */
  readonly at: number
  /** Adds a fact to a person's own log, in the order of the calls. */
  readonly tell: (userId: string, fact: UserFact) => void
}

/** Runs the work, writes what it told, commits, then publishes. */
export type ChangePeople = <T>(work: (change: PeopleChange) => Promise<T>) => Promise<T>

export function createChangePeople({
  database,
  clock,
  publish,
}: {
  database: Database
  clock: Clock
  publish: PublishUserEvents
}): ChangePeople {
  return async (work) => {
    const { value, events } = await database.transaction(async (trx) => {
      const at = clock.now()
      const entries: UserLogEntry[] = []
      const value = await work({ trx, at, tell: (userId, event) => void entries.push({ userId, event }) })
      return { value, events: await appendUserEvents(trx, entries, at) }
    })
    publish(events)
    return value
  }
}
