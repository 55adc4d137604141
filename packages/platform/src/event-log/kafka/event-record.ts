import { domainEvents, type DomainEventType } from '@our-now/contracts/domain-events.ts'
import type { IHeaders } from 'kafkajs'
import type { LoggedEvent } from '../event-log.ts'

/** An event as a record of a topic: the key orders it, the headers say what it is, the value is its data as JSON. */
export interface EventRecord {
  readonly topic: string
  readonly key: string
  readonly value: string
  readonly headers: Record<string, string>
}

/** A broker takes batches up to 1 MiB; headers and framing need some of it. */
export const maxRecordBytes = 900 * 1024

/**
 * The records of one event, in order: one, or several that hold its range of events in parts where it is too large.
 * Empty when it cannot be divided further: consumers then find a hole and read it from its owner.
 */
export function toRecords(event: LoggedEvent, prefix: string): EventRecord[] {
  const value = JSON.stringify(event.data)
  if (Buffer.byteLength(value) > maxRecordBytes)
    return divide(event).flatMap((part) => toRecords(part, prefix))
  const { type, key, traceparent } = event
  const headers = { type, ...(traceparent === undefined ? {} : { traceparent }) }
  return [{ topic: prefix + domainEvents[type].topic, key, value, headers }]
}

function divide(event: LoggedEvent): LoggedEvent[] {
  const { data } = event
  if (!('events' in data) || data.events.length < 2) return []
  const middle = Math.ceil(data.events.length / 2)
  const part = (from: number, to?: number) => ({ ...data, events: data.events.slice(from, to) })
  /** True because a part of a range batch is a range batch of the same type. */
  return [part(0, middle), part(middle)].map((some) => ({ ...event, data: some }) as LoggedEvent)
}

interface ReadRecord {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers?: IHeaders | undefined
}

/**
 * The event of a record; undefined for a type that this version does not know.
 *
 * @throws {SyntaxError} when its value is not JSON
 */
export function toEvent({ key, value, headers }: ReadRecord): LoggedEvent | undefined {
  const type = headerOf(headers, 'type')
  if (type === undefined || !isKnown(type)) return undefined
  const data: unknown = JSON.parse(value?.toString() ?? '')
  const traceparent = headerOf(headers, 'traceparent')
  /** True of what `toRecords` wrote; a handler that meets something else fails, and the event is parked. */
  return {
    type,
    key: key?.toString() ?? '',
    data,
    ...(traceparent === undefined ? {} : { traceparent }),
  } as LoggedEvent
}

const isKnown = (type: string): type is DomainEventType => Object.hasOwn(domainEvents, type)

export const headerOf = (headers: IHeaders | undefined, name: string): string | undefined => {
  const value = headers?.[name]
  return (Array.isArray(value) ? value[0] : value)?.toString()
}
