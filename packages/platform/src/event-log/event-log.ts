import type { DomainEventData, DomainEventType } from '@our-now/contracts/domain-events.ts'
import type { Database } from '../database/database.ts'

/** A fact on its way: at least once, in order per key. */
export interface LoggedEvent<T extends DomainEventType = DomainEventType> {
  readonly type: T
  /** The value that orders it (room id, user id). */
  readonly key: string
  readonly data: DomainEventData<T>
  /** W3C trace context of the write that made it. */
  readonly traceparent?: string
}

/** One handler per type; types without one are skipped. Handlers are idempotent: they may see an event twice. */
export type EventHandlers = { readonly [T in DomainEventType]?: (event: LoggedEvent<T>) => Promise<void> }

export interface Subscription {
  /** Finishes the event at hand, then ends. */
  close(): Promise<void>
}

/** Ordered per key, at least once. Embedded: a table in the data folder; distributed: Kafka. */
export interface EventLog {
  /** Resolves when the events are durable. Events of one key keep their order, within a call and between calls. */
  append(events: readonly LoggedEvent[]): Promise<void>
  /**
   * Starts one logical reader. A new group begins at the oldest kept event; a known one goes on where it stopped.
   * A handler that throws is retried with backoff, then its event is parked in the dead letters and the key goes on.
   *
   * @param subscription.deadEvents  The reader's own database, with `deadEventsMigration`: where Kafka's readers park.
   */
  subscribe(subscription: {
    readonly group: string
    readonly handlers: EventHandlers
    readonly deadEvents?: Database
  }): Promise<Subscription>
  close(): Promise<void>
}
