import type { Cluster, Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { handleRecord, type HandleRecordDeps } from './handle-record.ts'
import { createTellingAssigner, leaveGroup } from './leave-group.ts'
import type { Pulse } from './pulse.ts'
import type { Turns } from './in-turn.ts'

export interface ConsumeDeps extends HandleRecordDeps {
  readonly kafka: Kafka
  readonly groupId: string
  readonly topics: readonly string[]
  /** One batch of a partition at a time, also over the lives of several consumers. */
  readonly turns: Turns
  readonly timings: GroupTimings
  /** The member of the group that this process is, or was in the consumer before. */
  readonly member: { id: string | undefined }
  readonly pulse: Pulse
}

export interface GroupTimings {
  /** A member that is silent this long has lost its partitions, in ms; 10 s. Brokers allow 6 s and more. */
  readonly sessionMs: number
  /** How often it says that it is there, in ms; 1 s. */
  readonly heartbeatMs: number
  /** How long the others wait at a rebalance for a member to finish its event at hand, in ms; 15 s. */
  readonly rebalanceMs: number
}

export const defaultTimings: GroupTimings = { sessionMs: 10_000, heartbeatMs: 1_000, rebalanceMs: 15_000 }

/** How long a broker holds a fetch that finds nothing; closing waits for it. */
const fetchWaitMs = 500
const commitEveryMs = 1_000
/** Closing a consumer whose broker is away may hang. */
const closeWithinMs = 5_000
const partitionsAtOnce = 16

/**
 * One life of one consumer: reads until `signal` ends it, and closes what it opened. The event at hand is finished.
 *
 * @throws when the consumer failed: begin another one
 */
export async function consume(deps: ConsumeDeps, signal: AbortSignal): Promise<void> {
  let cluster: Cluster | undefined
  const consumer = deps.kafka.consumer({
    groupId: deps.groupId,
    partitionAssigners: [createTellingAssigner((told) => (cluster = told))],
    sessionTimeout: deps.timings.sessionMs,
    heartbeatInterval: deps.timings.heartbeatMs,
    rebalanceTimeout: deps.timings.rebalanceMs,
    maxWaitTimeInMs: fetchWaitMs,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
  })
  const crash = Promise.withResolvers<never>()
  crash.promise.catch(() => undefined)
  consumer.on(consumer.events.CRASH, ({ payload }) => crash.reject(payload.error))
  consumer.on(consumer.events.FETCH, () => deps.pulse.onFetched())
  const life = new AbortController()
  const untilAsked = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  try {
    const begun = async (): Promise<void> => {
      await consumer.connect()
      await leaveForPredecessor(cluster, deps)
      await begin(consumer, deps, AbortSignal.any([signal, life.signal]))
    }
    await Promise.race([begun(), crash.promise])
    await Promise.race([untilAsked, crash.promise])
  } finally {
    // Before the closing, which may hang: nothing is handled or committed any more but the event at hand.
    life.abort()
    await closeInTime(consumer)
  }
}

async function leaveForPredecessor(
  cluster: Cluster | undefined,
  { member, groupId }: ConsumeDeps,
): Promise<void> {
  if (member.id === undefined || cluster === undefined) return
  await leaveGroup(cluster, { groupId, memberId: member.id })
  member.id = undefined
}

async function begin(consumer: Consumer, deps: ConsumeDeps, signal: AbortSignal): Promise<void> {
  const membership = createMembership()
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    deps.member.id = payload.memberId
    deps.pulse.onAssigned(payload.memberAssignment)
    membership.end()
  })
  consumer.on(consumer.events.REBALANCING, () => membership.end())
  await consumer.subscribe({ topics: [...deps.topics], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: partitionsAtOnce,
    eachBatch: (payload) => {
      const { topic, partition } = payload.batch
      const ended = membership.current()
      const mine = { ended, signal: AbortSignal.any([ended, signal]), end: () => membership.end() }
      return deps.turns.inTurn(`${topic}/${partition}`, () => handleBatch(payload, mine, deps))
    },
  })
}

/** From one joining of the group to the next: what was assigned may then belong to somebody else. */
function createMembership(): { current(): AbortSignal; end(): void } {
  let controller = new AbortController()
  return {
    current: () => controller.signal,
    end: () => {
      controller.abort()
      controller = new AbortController()
    },
  }
}

interface Assignment {
  /** The partition may belong to somebody else now. */
  readonly ended: AbortSignal
  /** That, or the consumer closes. */
  readonly signal: AbortSignal
  end(): void
}

/**
 * Handles a batch in order and commits what is behind. It ends early when the partition may belong to somebody else:
 * then it commits nothing, so that a late handler does not turn back what its successor has done.
 */
async function handleBatch(
  payload: EachBatchPayload,
  assignment: Assignment,
  deps: ConsumeDeps,
): Promise<void> {
  const { topic, partition, messages } = payload.batch
  const { ended, signal } = assignment
  let lost: unknown
  const lose = (error: unknown): void => {
    lost ??= error
    if (!ended.aborted) assignment.end()
  }
  const beating = setInterval(() => void payload.heartbeat().catch(lose), deps.timings.heartbeatMs)
  let handledTo: bigint | undefined
  let committedAtMs = performance.now()
  const commit = async (): Promise<void> => {
    if (handledTo === undefined || ended.aborted) return
    const offset = handledTo.toString()
    handledTo = undefined
    committedAtMs = performance.now()
    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] })
  }
  try {
    for (const record of messages) {
      if (signal.aborted || !(await handleRecord(record, { topic, partition }, signal, deps))) break
      deps.pulse.onHandled()
      if (ended.aborted) break
      payload.resolveOffset(record.offset)
      handledTo = BigInt(record.offset) + 1n
      if (performance.now() - committedAtMs > commitEveryMs) await commit()
    }
    await commit()
  } finally {
    clearInterval(beating)
  }
  // kafkajs joins the group anew, or ends.
  if (lost !== undefined) throw lost
}

async function closeInTime(consumer: Consumer): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(() => late.resolve(), closeWithinMs)
  await Promise.race([consumer.disconnect().catch(() => undefined), late.promise])
  clearTimeout(timer)
}
