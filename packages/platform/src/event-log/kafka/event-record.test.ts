import { describe, expect, test } from 'vitest'
import type { LoggedEvent } from '../event-log.ts'
import { maxRecordBytes, toEvent, toRecords } from './event-record.ts'
import { parseKafkaUrl } from './kafka-url.ts'

const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`

/** A range batch; true because only its size counts here. */
const aRange = (count: number, bytesEach: number) =>
  ({
    type: 'chat.room-events.v1',
    key: 'room',
    traceparent,
    data: {
      roomId: 'room',
      events: Array.from({ length: count }, (_, index) => ({ seq: index + 1, text: 'x'.repeat(bytesEach) })),
    },
  }) as unknown as LoggedEvent<'chat.room-events.v1'>

const readBack = (event: LoggedEvent) =>
  toRecords(event, '').map(({ key, value, headers }) =>
    toEvent({ key: Buffer.from(key), value: Buffer.from(value), headers }),
  )

describe('an event as a record', () => {
  test('is read as it was written, under the topic of its type', () => {
    const event = aRange(3, 10)
    expect(toRecords(event, 'on.').map(({ topic, key }) => [topic, key])).toEqual([
      ['on.chat.room-events', 'room'],
    ])
    expect(readBack(event)).toEqual([event])
  })

  test('is divided when it is too large for a broker, in order and nothing twice', () => {
    const event = aRange(10, 300 * 1024)
    const records = toRecords(event, '')
    expect(records.length).toBeGreaterThan(3)
    for (const { value } of records) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(maxRecordBytes)
    const parts = readBack(event) as LoggedEvent<'chat.room-events.v1'>[]
    expect(parts.flatMap(({ data }) => data.events)).toEqual(event.data.events)
    expect(new Set(parts.map((part) => `${part.key} ${part.traceparent}`))).toEqual(
      new Set([`room ${traceparent}`]),
    )
  })

  test('is left out when a single one is too large; consumers see the hole', () => {
    expect(toRecords(aRange(1, maxRecordBytes), '')).toEqual([])
    expect(toRecords(aRange(2, maxRecordBytes), '')).toEqual([])
  })

  test('of a type that this version does not know is none', () => {
    const record = { key: Buffer.from('a'), value: Buffer.from('{}') }
    expect(toEvent({ ...record, headers: { type: 'files.scanned.v9' } })).toBeUndefined()
    expect(toEvent({ ...record, headers: {} })).toBeUndefined()
    expect(() => toEvent({ ...record, value: null, headers: { type: 'chat.room-events.v1' } })).toThrow(
      SyntaxError,
    )
  })
})

describe('the url of Kafka', () => {
  test('names brokers, and a prefix and partitions where given', () => {
    expect(parseKafkaUrl('kafka://k1:9092,k2:9093', 'X')).toEqual({
      brokers: ['k1:9092', 'k2:9093'],
      prefix: '',
      partitions: 16,
    })
    expect(parseKafkaUrl('kafka://k1:9092/our-now?partitions=3', 'X')).toEqual({
      brokers: ['k1:9092'],
      prefix: 'our-now.',
      partitions: 3,
    })
  })

  test.each([
    'kafka:',
    'kafka://',
    'kafka://k1',
    'kafka://k1:9092,',
    'kafka://k1:9092?partitions=0',
    'kafka://u:p@k:1',
  ])('%s is refused with the setting', (url) => {
    expect(() => parseKafkaUrl(url, 'EVENT_LOG_URL')).toThrow(/^EVENT_LOG_URL: /)
  })
})
