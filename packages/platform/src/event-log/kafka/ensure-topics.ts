import { domainEvents } from '@our-now/contracts/domain-events.ts'
import type { Admin } from 'kafkajs'
import type { KafkaPlace } from './kafka-url.ts'

/** Every topic that the product knows. */
export const listTopics = (prefix: string): string[] => [
  ...new Set(Object.values(domainEvents).map(({ topic }) => prefix + topic)),
]

/** Makes the topics that are missing. Another replica may do the same at the same time. */
export async function ensureTopics(admin: Admin, { prefix, partitions }: KafkaPlace): Promise<void> {
  const present = new Set(await admin.listTopics())
  const missing = listTopics(prefix).filter((topic) => !present.has(topic))
  if (missing.length === 0) return
  await admin.createTopics({
    topics: missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: -1 })),
    waitForLeaders: true,
  })
}
