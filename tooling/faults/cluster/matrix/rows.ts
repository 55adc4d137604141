import type { FaultDeed } from '../nemeses/fault.ts'

/** One row of the failure table: one fault alone, and what it may cost. */
export interface MatrixRow {
  readonly name: string
  readonly deed: FaultDeed
  readonly lastsMs: number
  /** Longest time without an acknowledgement in any room, in ms, the fault's own duration included. */
  readonly pauseBoundMs: number
  /** Until every client is at every head after the fault, 99th percentile, in ms. */
  readonly healBoundMs: number
  readonly promise: string
}

const blackhole = { kind: 'blackhole', direction: 'both', healsBy: 'late' } as const

export const matrixRows: readonly MatrixRow[] = [
  {
    name: 'kill -9 of a gateway',
    deed: { kind: 'kill', target: 'gateway-1' },
    lastsMs: 3_000,
    pauseBoundMs: 8_000,
    healBoundMs: 8_000,
    promise: 'clients are back and complete within 8 s',
  },
  {
    name: 'kill -9 of a chat replica',
    deed: { kind: 'kill', target: 'chat-1' },
    lastsMs: 3_000,
    pauseBoundMs: 1_000,
    healBoundMs: 10_000,
    promise: 'acknowledgements go on within 1 s',
  },
  {
    name: 'SIGSTOP of a chat replica for 12 s (zombie)',
    deed: { kind: 'pause', target: 'chat-1' },
    lastsMs: 12_000,
    pauseBoundMs: 11_000,
    healBoundMs: 10_000,
    promise: 'a room is blocked for at most 11 s; no commit of the zombie after the takeover',
  },
  {
    name: 'kill -9 of the database',
    deed: { kind: 'kill', target: 'mariadb' },
    lastsMs: 3_000,
    pauseBoundMs: 7_000,
    healBoundMs: 10_000,
    promise: 'acknowledgements go on within 5 s after the port opens',
  },
  {
    name: 'SIGSTOP of the database for 3 s',
    deed: { kind: 'pause', target: 'mariadb' },
    lastsMs: 3_000,
    pauseBoundMs: 8_000,
    healBoundMs: 10_000,
    promise: 'acknowledgements go on within 5 s after it goes on',
  },
  {
    name: 'database read-only for 3 s',
    deed: { kind: 'read-only', target: 'mariadb' },
    lastsMs: 3_000,
    pauseBoundMs: 13_000,
    healBoundMs: 10_000,
    promise: 'resumes by itself within 10 s',
  },
  {
    name: 'database disk full for 4 s',
    deed: { kind: 'disk-full', target: 'mariadb' },
    lastsMs: 4_000,
    pauseBoundMs: 14_000,
    healBoundMs: 10_000,
    promise: 'resumes by itself within 10 s of space',
  },
  {
    name: 'kill -9 of Redis',
    deed: { kind: 'kill', target: 'redis' },
    lastsMs: 3_000,
    pauseBoundMs: 1_000,
    healBoundMs: 10_000,
    promise: 'sends unaffected; every lost push mended within 10 s',
  },
  {
    name: 'SIGSTOP of Redis for 8 s',
    deed: { kind: 'pause', target: 'redis' },
    lastsMs: 8_000,
    pauseBoundMs: 1_000,
    healBoundMs: 10_000,
    promise: 'sends unaffected; every lost push mended within 10 s',
  },
  {
    name: 'half-open connections of chat to Redis',
    deed: { kind: 'half-open', target: 'chat-1>redis', mode: { kind: 'half-open', dead: 'down' } },
    lastsMs: 5_000,
    pauseBoundMs: 1_000,
    healBoundMs: 10_000,
    promise: 'sends unaffected',
  },
  {
    name: 'subscriptions of Redis killed',
    deed: { kind: 'pubsub-kill', target: 'redis' },
    lastsMs: 2_000,
    pauseBoundMs: 1_000,
    healBoundMs: 10_000,
    promise: 'every lost push mended within 10 s',
  },
  {
    name: 'kill -9 of Kafka',
    deed: { kind: 'kill', target: 'kafka' },
    lastsMs: 6_000,
    pauseBoundMs: 1_000,
    healBoundMs: 10_000,
    promise: 'sends and pushes unaffected; nothing missing in the topic',
  },
  {
    name: 'SIGSTOP of Kafka for 10 s (consumers rebalance)',
    deed: { kind: 'pause', target: 'kafka' },
    lastsMs: 10_000,
    pauseBoundMs: 1_000,
    healBoundMs: 10_000,
    promise: 'sends unaffected; effects exactly once',
  },
  {
    name: 'partition gateway – chat for 5 s',
    deed: { kind: 'blackhole', target: 'gateway-1>chat-1', mode: blackhole },
    lastsMs: 5_000,
    pauseBoundMs: 6_000,
    healBoundMs: 10_000,
    promise: 'outcomes unknown for a while resolve to exactly one message',
  },
  {
    name: 'partition chat – database for 5 s',
    deed: { kind: 'blackhole', target: 'chat-1>mariadb', mode: blackhole },
    lastsMs: 5_000,
    pauseBoundMs: 10_000,
    healBoundMs: 10_000,
    promise: 'the pool is not exhausted; recovers within 5 s',
  },
  {
    name: 'a transaction’s connection killed',
    deed: { kind: 'transaction-kill', target: 'mariadb' },
    lastsMs: 1_000,
    pauseBoundMs: 2_000,
    healBoundMs: 10_000,
    promise: 'the message is tried again and is there once',
  },
  {
    name: 'clock of a chat replica an hour ahead for 5 s',
    deed: { kind: 'clock-jump', target: 'chat-1', byMs: 3_600_000 },
    lastsMs: 5_000,
    pauseBoundMs: 2_000,
    healBoundMs: 10_000,
    promise: 'order unaffected; topic complete and in order',
  },
  {
    name: 'kill -9 of auth',
    deed: { kind: 'kill', target: 'auth-1' },
    lastsMs: 3_000,
    pauseBoundMs: 1_000,
    healBoundMs: 10_000,
    promise: 'who is connected goes on',
  },
  {
    name: 'rolling restart of the gateways',
    deed: { kind: 'rolling-restart', target: 'gateway' },
    lastsMs: 8_000,
    pauseBoundMs: 3_000,
    healBoundMs: 8_000,
    promise: 'no failure that people see, gap at most 3 s',
  },
  {
    name: 'rolling restart of the chat replicas',
    deed: { kind: 'rolling-restart', target: 'chat' },
    lastsMs: 8_000,
    pauseBoundMs: 3_000,
    healBoundMs: 10_000,
    promise: 'no failure that people see, gap at most 3 s',
  },
]
