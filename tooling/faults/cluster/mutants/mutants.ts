import { once, repeatedly, type Mutant, type Scenario } from './mutant.ts'

const calm = { cutsPerSecond: 0, membershipsPerSecond: 1, deletesPerSecond: 1, readsPerSecond: 4 }

/** The database dies and loses connections in the middle of transactions. */
const brokenCommits: Scenario = {
  name: 'the database dies, and its connections in the middle of transactions',
  faultsMs: 10_000,
  faults: [
    ...repeatedly(
      { kind: 'transaction-kill', target: 'mariadb' },
      { fromMs: 200, everyMs: 250, lastsMs: 50, times: 36 },
    ),
    ...repeatedly(
      { kind: 'kill', target: 'mariadb' },
      { fromMs: 3_000, everyMs: 3_500, lastsMs: 500, times: 2 },
    ),
  ],
}

/** Each gateway reaches another replica of chat: both write to the same rooms. */
const bothReplicasWrite: Scenario = {
  name: 'the gateways use different replicas of chat for the same rooms',
  faultsMs: 9_000,
  faults: [
    ...once({ kind: 'reset', target: 'gateway-1>chat-1', mode: { kind: 'reset' } }, 300, 8_000),
    ...once({ kind: 'reset', target: 'gateway-2>chat-2', mode: { kind: 'reset' } }, 300, 8_000),
  ],
}

const usual: Scenario = { name: 'nothing is broken', faultsMs: 8_000, faults: [] }

/** Redis does not answer when the last messages are said. */
const silentEnd: Scenario = {
  name: 'Redis is paused until people fall silent, who say little',
  faultsMs: 9_000,
  faults: once({ kind: 'pause', target: 'redis' }, 2_000, 60_000),
  load: { ...calm, sendsPerSecond: 25 },
}

/** Every mistake of the plan, with the circumstances in which it would hurt people. */
export const mutants: readonly Mutant[] = [
  {
    id: 'M1',
    mistake: 'a message is acknowledged before its commit',
    patch: 'm01-ack-before-commit.patch',
    scenario: brokenCommits,
  },
  {
    id: 'M2',
    mistake: 'nothing keeps an id from being stored twice',
    patch: 'm02-no-unique-key.patch',
    scenario: usual,
  },
  {
    id: 'M3',
    mistake: 'the next seq is read without a lock',
    patch: 'm03-seq-without-lock.patch',
    scenario: bothReplicasWrite,
  },
  {
    id: 'M4',
    mistake: 'the relay goes on after the last id it saw',
    patch: 'm04-relay-by-cursor.patch',
    scenario: bothReplicasWrite,
  },
  {
    id: 'M5',
    mistake: 'several relays share one outbox without shards',
    patch: 'm05-relays-without-shards.patch',
    scenario: bothReplicasWrite,
  },
  {
    id: 'M6',
    mistake: 'nobody compares heads: a lost last push stays lost',
    patch: 'm06-no-heads.patch',
    scenario: silentEnd,
  },
]
