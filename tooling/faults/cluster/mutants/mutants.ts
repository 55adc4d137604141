import type { Fault, FaultDeed } from '../nemeses/fault.ts'
import type { ProxyMode } from '../proxy/proxy-mode.ts'
import type { Load } from '../clients/run-order.ts'

/** A known way to lose, double or misdeliver something, and the circumstances that bring it out. */
export interface Mutant {
  /** m01 … m14, or control: the product as it is, which must pass. */
  readonly id: string
  readonly mistake: string
  /** Its patch in `tooling/mutants/`, without the ending. */
  readonly patch: string | undefined
  readonly circumstances: Circumstances | Tests
}

export interface Circumstances {
  readonly by: 'run'
  readonly faultsMs: number
  readonly faults: readonly Fault[]
  readonly load: Partial<Load>
}

/** What a run of the harness cannot show: tests of the product that must fail on it. */
interface Tests {
  readonly by: 'tests'
  readonly files: readonly string[]
}

const doors = ['clients>balancer-1', 'clients>gateway-1', 'clients>gateway-2']
const redisEdges = ['gateway-1>redis', 'gateway-2>redis']
const chatEdges = ['gateway-1>chat-1', 'gateway-1>chat-2', 'gateway-2>chat-1', 'gateway-2>chat-2']

let count = 0
const at = (atMs: number, lastsMs: number, deed: FaultDeed): Fault => ({
  id: `f${++count}`,
  atMs,
  lastsMs,
  ...deed,
})
const turn = (atMs: number, lastsMs: number, edges: readonly string[], mode: ProxyMode): Fault[] =>
  edges.map((target) => at(atMs, lastsMs, { kind: mode.kind, target, mode }))
const cut = (atMs: number, lastsMs = 200): Fault[] => turn(atMs, lastsMs, doors, { kind: 'reset' })
const repeat = (times: number, everyMs: number, make: (atMs: number) => Fault[]): Fault[] =>
  Array.from({ length: times }, (_, index) => make(500 + index * everyMs)).flat()
/** Pushes are lost; the connection breaks when it ends. */
const deaf: ProxyMode = { kind: 'blackhole', direction: 'down', healsBy: 'reset' }

const busy: Partial<Load> = { clients: 12, sendsPerSecond: 200, cutsPerSecond: 0 }
/** Seconds may pass between two messages of a room: what is lost is not found by the next one. */
const quiet: Partial<Load> = {
  clients: 12,
  sendsPerSecond: 8,
  membershipsPerSecond: 0,
  deletesPerSecond: 0,
  readsPerSecond: 0,
  cutsPerSecond: 0,
}
const run = (faultsMs: number, load: Partial<Load>, faults: readonly Fault[]): Circumstances => ({
  by: 'run',
  faultsMs,
  load,
  faults,
})
const killTransactions = (times: number): Fault[] =>
  repeat(times, 300, (atMs) => [at(atMs, 100, { kind: 'transaction-kill', target: 'mariadb' })])

/** Every mutant, after the control. */
export const mutants: readonly Mutant[] = [
  {
    id: 'control',
    mistake: 'none: the product as it is',
    patch: undefined,
    circumstances: run(8_000, busy, [
      ...cut(500),
      at(1_500, 1_000, { kind: 'kill', target: 'chat-1' }),
      at(2_500, 100, { kind: 'pubsub-kill', target: 'redis' }),
      ...killTransactions(4),
      ...turn(4_500, 3_000, redisEdges, deaf),
    ]),
  },
  {
    id: 'm01',
    mistake: 'a send is acknowledged before its commit',
    patch: 'm01-ack-before-commit',
    circumstances: run(8_000, busy, [
      ...killTransactions(20),
      at(2_000, 1_000, { kind: 'kill', target: 'chat-1' }),
      at(3_500, 1_000, { kind: 'kill', target: 'mariadb' }),
      at(7_000, 500, { kind: 'kill', target: 'chat-2' }),
    ]),
  },
  {
    id: 'm02',
    mistake: 'nothing keeps an id from being stored twice',
    patch: 'm02-no-unique-key',
    circumstances: run(
      5_000,
      busy,
      repeat(3, 1_500, (ms) => cut(ms)),
    ),
  },
  {
    id: 'm03',
    mistake: 'the next seq is read without a lock',
    patch: 'm03-seq-without-lock',
    circumstances: run(5_000, busy, []),
  },
  {
    id: 'm04',
    mistake: 'the relay goes on after the last id it saw',
    patch: 'm04-relay-by-id-cursor',
    circumstances: run(7_000, busy, [
      ...killTransactions(6),
      ...repeat(3, 2_000, (ms) => [
        at(ms, 700, { kind: 'pause', target: 'chat-1' }),
        at(ms + 1_000, 700, { kind: 'pause', target: 'chat-2' }),
      ]),
    ]),
  },
  {
    id: 'm05',
    mistake: 'several relays share one outbox without shards',
    patch: 'm05-unsharded-relays',
    circumstances: run(7_000, busy, [
      ...turn(300, 6_000, ['services>kafka'], { kind: 'delay', ms: 100, direction: 'both' }),
      ...repeat(3, 2_000, (ms) => [
        at(ms, 700, { kind: 'pause', target: 'chat-1' }),
        at(ms + 1_000, 700, { kind: 'pause', target: 'chat-2' }),
      ]),
    ]),
  },
  {
    id: 'm06',
    mistake: 'nobody compares heads: a lost last push stays lost',
    patch: 'm06-no-heads',
    circumstances: run(6_000, quiet, turn(2_000, 4_000, redisEdges, deaf)),
  },
  {
    id: 'm07',
    mistake: 'a connection is ready before it hears its rooms, and nobody looks again',
    patch: 'm07-fetch-before-subscribe',
    // People lose their lines all the time, so some are between asking and listening when the last words are said.
    circumstances: run(8_000, { ...quiet, clients: 18, sendsPerSecond: 6, cutsPerSecond: 6 }, [
      ...turn(300, 60_000, chatEdges, { kind: 'delay', ms: 1_500, direction: 'down' }),
    ]),
  },
  {
    id: 'm08',
    mistake: 'whether somebody is a member is not asked where it is written',
    patch: 'm08-membership-at-gateway-only',
    circumstances: run(6_000, { ...busy, membershipsPerSecond: 20 }, turn(1_000, 4_000, redisEdges, deaf)),
  },
  {
    id: 'm09',
    mistake: 'a consumer does not remember what it has applied',
    patch: 'm09-no-applied-seq',
    circumstances: {
      by: 'tests',
      files: ['packages/platform/src/event-log/applied-events.test.ts', 'services/presence/test'],
    },
  },
  {
    id: 'm10',
    mistake: 'the client drops what waits when it reconnects',
    patch: 'm10-client-drops-outbox',
    circumstances: run(
      6_000,
      busy,
      repeat(3, 1_800, (ms) => cut(ms, 400)),
    ),
  },
  {
    id: 'm11',
    mistake: 'the client tries again under a new id',
    patch: 'm11-new-id-on-retry',
    circumstances: run(6_000, busy, [
      ...repeat(3, 1_800, (ms) => cut(ms, 400)),
      at(2_000, 1_000, { kind: 'kill', target: 'gateway-1' }),
    ]),
  },
  {
    id: 'm12',
    mistake: 'only a push takes somebody out of a room',
    patch: 'm12-kick-by-push-only',
    circumstances: run(
      27_000,
      { ...quiet, clients: 24, sendsPerSecond: 40, membershipsPerSecond: 1.5 },
      turn(500, 8_000, redisEdges, deaf),
    ),
  },
  {
    id: 'm13',
    mistake: 'a number once taken is never given again, committed or not',
    patch: 'm13-counter-outside-transaction',
    circumstances: run(6_000, busy, killTransactions(18)),
  },
  {
    id: 'm14',
    mistake: 'what waits for a slow socket has no bound',
    patch: 'm14-unbounded-buffer',
    circumstances: {
      by: 'tests',
      files: [
        'packages/platform/src/socket-hub/memory-socket-hub.test.ts',
        'packages/platform/src/socket-hub/send-buffers.test.ts',
      ],
    },
  },
]
