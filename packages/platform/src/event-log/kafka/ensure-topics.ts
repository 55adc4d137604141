import { domainEvents } from '@our-now/contracts/domain-events.ts'
import { setTimeout as wait } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import type { KafkaPlace } from './kafka-url.ts'

/** Topics that were just made, perhaps by another replica, are known everywhere after this; in ms. */
const settleWithinMs = 15_000
const askEveryMs = 200

/** Every topic that the product knows. */
const listTopics = (prefix: string): string[] => [
  ...new Set(Object.values(domainEvents).map(({ topic }) => prefix + topic)),
]

/**
 * Makes the topics that are missing and waits until all have leaders. Other replicas may do the same at the same time.
 *
 * @param admin  Connected.
 * @throws when a broker is away, or the topics are not there in time
 */
export async function ensureTopics(admin: Admin, place: KafkaPlace): Promise<void> {
  const endsAtMs = performance.now() + settleWithinMs
  for (;;) {
    try {
      await makeMissing(admin, place)
      if (await haveLeaders(admin, listTopics(place.prefix))) return
    } catch (error) {
      if (!isOfProtocol(error) || performance.now() > endsAtMs) throw error
    }
    if (performance.now() > endsAtMs) throw new Error('the topics have no leaders')
    await wait(askEveryMs)
  }
}

async function makeMissing(admin: Admin, { prefix, partitions }: KafkaPlace): Promise<void> {
  const present = new Set(await admin.listTopics())
  const missing = listTopics(prefix).filter((topic) => !present.has(topic))
  if (missing.length > 0)
    await admin.createTopics({
      topics: missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: -1 })),
    })
}

async function haveLeaders(admin: Admin, wanted: readonly string[]): Promise<boolean> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [...wanted] })
  const partitions = topics.flatMap((topic) => topic.partitions)
  return topics.length === wanted.length && partitions.every(({ leader }) => leader >= 0)
}

/** A broker answered, and said no: it may say yes soon. */
function isOfProtocol(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ['KafkaJSProtocolError', 'KafkaJSAggregateError', 'KafkaJSCreateTopicError'].includes(error.name)
    ? true
    : isOfProtocol(error.cause)
}
