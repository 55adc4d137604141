import type { Kafka } from 'kafkajs'

export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  /** Events that the group has not behind it. */
  readonly lag: number
}

export interface LagReader {
  /** @throws when the brokers do not answer */
  read(groupId: string, topics: readonly string[]): Promise<PartitionLag[]>
  close(): Promise<void>
}

/** Asks the brokers how far behind a group is. One connection, opened when it is needed. */
export function createLagReader(kafka: Kafka): LagReader {
  const admin = kafka.admin()
  let connected: Promise<void> | undefined

  const readTopic = async (
    topic: string,
    committed: ReadonlyMap<number, number>,
  ): Promise<PartitionLag[]> => {
    const ends = await admin.fetchTopicOffsets(topic)
    return ends.map(({ partition, high, low }) => {
      const position = Math.max(committed.get(partition) ?? 0, Number(low))
      return { topic, partition, lag: Math.max(0, Number(high) - position) }
    })
  }

  return {
    read: async (groupId, topics) => {
      connected ??= admin.connect()
      try {
        await connected
        const groups = await admin.fetchOffsets({ groupId, topics: [...topics] })
        const lags = await Promise.all(
          groups.map(({ topic, partitions }) =>
            readTopic(topic, new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]))),
          ),
        )
        return lags.flat()
      } catch (error) {
        connected = undefined
        throw error
      }
    },
    close: async () => {
      connected = undefined
      await admin.disconnect().catch(() => undefined)
    },
  }
}
