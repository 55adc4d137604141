import { Partitioners, type Kafka, type Producer } from 'kafkajs'
import { AppError } from '../../errors/app-error.ts'
import type { Logger } from '../../logging/logger.ts'
import type { LoggedEvent } from '../event-log.ts'
import { maxRecordBytes, toRecords, type EventRecord } from './event-record.ts'

export interface EventProducer {
  /** @throws {AppError} `unavailable` within about 10 s, when it is not certain that all of them are in the log */
  append(events: readonly LoggedEvent[]): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly records: readonly EventRecord[]
  readonly done: PromiseWithResolvers<void>
}

const giveUpAfterMs = 10_000
/** What kafkajs counts besides key and value, per record. */
const framingBytes = 200

/**
 * Appends one batch at a time, in the order of the calls: what waits meanwhile is the next batch. After a failure
 * nobody knows what the broker has, so the producer is thrown away with its sequence numbers: whoever appends again
 * makes repeats, never a loss or another order.
 */
export function createEventProducer(
  kafka: Kafka,
  { prefix, log }: { prefix: string; log: Logger },
): EventProducer {
  let connected: Promise<Producer> | undefined
  const waiting: Waiting[] = []
  let sending: Promise<void> | undefined

  const connect = async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    })
    try {
      await producer.connect()
    } catch (error) {
      disconnect(producer)
      throw error
    }
    return producer
  }
  const disconnect = (producer: Producer): void =>
    void producer.disconnect().catch((error: unknown) => log.debug({ err: error }, 'producer not closed'))
  const throwAway = (): void => {
    void connected?.then(disconnect, () => undefined)
    connected = undefined
  }

  const send = async (records: readonly EventRecord[]): Promise<void> => {
    connected ??= connect()
    const producer = await connected
    const byTopic = Map.groupBy(records, ({ topic }) => topic)
    const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages: [...messages] }))
    await producer.sendBatch({ acks: -1, topicMessages })
  }

  const sendInTime = async (records: readonly EventRecord[]): Promise<void> => {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error('no answer in time')), giveUpAfterMs)
    try {
      await Promise.race([send(records), late.promise])
    } catch (error) {
      throwAway()
      throw new AppError('unavailable', undefined, { cause: error })
    } finally {
      clearTimeout(timer)
    }
  }

  const sendWaiting = async (): Promise<void> => {
    for (let batch = waiting.splice(0); batch.length > 0; batch = waiting.splice(0)) {
      try {
        for (const records of toBatches(batch.flatMap((one) => one.records))) await sendInTime(records)
        for (const { done } of batch) done.resolve()
      } catch (error) {
        for (const { done } of batch) done.reject(error)
      }
    }
    sending = undefined
  }

  return {
    append: async (events) => {
      const records = events.flatMap((event) => {
        const parts = toRecords(event, prefix)
        if (parts.length === 0)
          log.error({ type: event.type, key: event.key }, 'event is too large for the log and left out')
        return parts
      })
      if (records.length === 0) return
      const done = Promise.withResolvers<void>()
      waiting.push({ records, done })
      sending ??= sendWaiting()
      await done.promise
    },
    close: async () => {
      await sending
      const producer = await connected?.catch(() => undefined)
      connected = undefined
      if (producer !== undefined) await producer.disconnect().catch(() => undefined)
    },
  }
}

/** In order, each small enough for one request to one partition. */
function toBatches(records: readonly EventRecord[]): EventRecord[][] {
  const batches: EventRecord[][] = []
  let bytes = Infinity
  for (const record of records) {
    const size = Buffer.byteLength(record.value) + record.key.length + framingBytes
    if (bytes + size > maxRecordBytes) {
      batches.push([])
      bytes = 0
    }
    batches.at(-1)?.push(record)
    bytes += size
  }
  return batches
}
