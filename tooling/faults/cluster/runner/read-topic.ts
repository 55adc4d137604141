import { Kafka, logLevel, type Consumer } from 'kafkajs'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FinalState } from '../history.ts'

const topic = 'chat.room-events'

export interface TopicReader {
  /** Remembers where the topic ends now: what follows belongs to the run. */
  readonly mark: () => Promise<void>
  /** The room events that came since the mark, in the order of each partition. */
  readonly read: (roomIds: readonly string[]) => Promise<FinalState['topic']>
}

/** Reads the topic of room events directly, as a stranger who trusts nobody's offsets. */
export function createTopicReader(url: string): TopicReader {
  const [brokers = ''] = url.slice('kafka://'.length).split(/[/?]/)
  const kafka = new Kafka({
    clientId: 'faults',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
  })
  let from = new Map<number, bigint>()

  async function ends(): Promise<Map<number, bigint>> {
    const admin = kafka.admin()
    try {
      await admin.connect()
      const topics = await admin.listTopics()
      if (!topics.includes(topic)) return new Map()
      const offsets = await admin.fetchTopicOffsets(topic)
      return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]))
    } finally {
      await admin.disconnect()
    }
  }

  function seekAll(consumer: Consumer): void {
    try {
      for (const [partition, offset] of from) consumer.seek({ topic, partition, offset: String(offset) })
    } catch {
      // Not joined yet: it begins at the first record, which only takes longer.
    }
  }

  return {
    mark: async () => {
      from = await ends()
    },
    read: async (roomIds) => {
      const wanted = new Set(roomIds)
      const to = await ends()
      const found: { partition: number; roomId: string; seq: number }[] = []
      const left = new Map([...to].filter(([partition, end]) => end > (from.get(partition) ?? 0n)))
      if (left.size === 0) return found
      // Each record is taken once, however often the reader is set back.
      const next = new Map(from)
      const consumer = kafka.consumer({
        groupId: `faults-${randomUUID()}`,
        sessionTimeout: 10_000,
        maxWaitTimeInMs: 50,
      })
      try {
        await consumer.connect()
        await consumer.subscribe({ topic, fromBeginning: true })
        await consumer.run({
          autoCommit: false,
          eachBatch: async ({ batch: { partition, messages } }) => {
            for (const { key, value, offset } of messages) {
              if (BigInt(offset) < (next.get(partition) ?? 0n)) continue
              next.set(partition, BigInt(offset) + 1n)
              const roomId = key?.toString() ?? ''
              if (wanted.has(roomId) && left.has(partition))
                for (const seq of seqsOf(value)) found.push({ partition, roomId, seq })
              if (BigInt(offset) + 1n >= (to.get(partition) ?? 0n)) left.delete(partition)
            }
          },
        })
        const endMs = performance.now() + 20_000
        for (let tries = 0; left.size > 0 && performance.now() < endMs; tries++) {
          // It joins late or again; a seek before that is refused.
          if (tries % 100 === 0) seekAll(consumer)
          await wait(20)
        }
        return found
      } finally {
        await consumer.disconnect()
      }
    },
  }
}

function seqsOf(value: Buffer | null): number[] {
  const data: unknown = JSON.parse(value?.toString() ?? '{}')
  /** True because the relay writes range batches of the contract into this topic. */
  const { events = [] } = data as { events?: readonly { readonly seq: number }[] }
  return events.map(({ seq }) => seq)
}
