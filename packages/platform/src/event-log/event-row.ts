import type { LoggedEvent } from './event-log.ts'

/** An event as the columns of a table: the outbox's or the log's. */
export interface EventColumns {
  readonly type: string
  readonly event_key: string
  readonly payload: string
  readonly traceparent: string | null
}

export const toEventColumns = (event: LoggedEvent): EventColumns => ({
  type: event.type,
  event_key: event.key,
  payload: JSON.stringify(event.data),
  traceparent: event.traceparent ?? null,
})

/** True because only `toEventColumns` writes these columns, from an event of the contract. */
export const toEvent = (row: EventColumns): LoggedEvent =>
  ({
    type: row.type,
    key: row.event_key,
    data: JSON.parse(row.payload),
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  }) as LoggedEvent
