import type { MemberName } from '../../../cluster/cluster.ts'
import type { Direction, ProxyMode } from '../proxy/proxy-mode.ts'
import { createChoices, type Random } from '../choices.ts'
import type { Fault, FaultDeed } from './fault.ts'

export interface PlanOptions {
  readonly seed: number
  /** How long faults may begin and last, in ms. */
  readonly forMs: number
  /** Mean time between two beginnings, in ms. */
  readonly everyMs: number
  readonly mostAtOnce: number
  /** Edges and doors that have a proxy. */
  readonly edges: readonly string[]
  readonly canFillDisk: boolean
}

/** All faults of a run, from its seed alone: the same seed gives the same plan. */
export function planFaults(options: PlanOptions): Fault[] {
  const random = createChoices(options.seed)
  const faults: Fault[] = []
  const endings: number[] = []
  let atMs = random.wait(options.everyMs)
  while (atMs < options.forMs - 500) {
    const going = endings.filter((endMs) => endMs > atMs).toSorted((a, b) => a - b)
    // As many as may be: this one waits until the first of them is over.
    if (going.length >= options.mostAtOnce) atMs = going[going.length - options.mostAtOnce] ?? atMs
    if (atMs >= options.forMs - 500) break
    const { deed, lastsMs } = chooseDeed(random, options)
    const fault: Fault = { id: `f${faults.length + 1}`, atMs: Math.round(atMs), lastsMs, ...deed }
    faults.push(fault)
    endings.push(atMs + lastsMs)
    atMs += random.wait(options.everyMs)
  }
  return faults
}

interface Chosen {
  readonly deed: FaultDeed
  readonly lastsMs: number
}

/** How often something dies, by what its return costs: a broker takes seconds of both cores. */
const killWeights: Weights<MemberName> = [
  ['gateway-1', 3],
  ['gateway-2', 3],
  ['chat-1', 4],
  ['chat-2', 4],
  ['auth-1', 2],
  ['presence-1', 1.5],
  ['redis', 3],
  ['mariadb', 2.5],
  ['kafka', 0.8],
]
const pauseWeights: Weights<MemberName> = [
  ['gateway-1', 2],
  ['gateway-2', 2],
  ['chat-1', 3],
  ['chat-2', 3],
  ['auth-1', 1.5],
  ['presence-1', 1],
  ['redis', 3],
  ['mariadb', 1.5],
  ['kafka', 2],
]

type Weights<T> = readonly (readonly [T, number])[]

function weighted<T>(random: Random, weights: Weights<T>): T {
  let left = random.next() * weights.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of weights) if ((left -= weight) < 0) return value
  const [first] = weights
  if (first === undefined) throw new Error('nothing to choose from')
  return first[0]
}

function chooseDeed(random: Random, { edges, canFillDisk }: PlanOptions): Chosen {
  const choose = weighted<(random: Random) => Chosen>(random, [
    [kill, 18],
    [pause, 19],
    [(from) => disturbEdge(from, edges), edges.length === 0 ? 0 : 40],
    [() => ({ deed: { kind: 'pubsub-kill', target: 'redis' }, lastsMs: 100 }), 4],
    [() => ({ deed: { kind: 'transaction-kill', target: 'mariadb' }, lastsMs: 300 }), 5],
    [(from) => ({ deed: { kind: 'read-only', target: 'mariadb' }, lastsMs: from.between(500, 3_000) }), 2],
    [
      (from) => ({ deed: { kind: 'small-buffers', target: 'redis' }, lastsMs: from.between(1_000, 5_000) }),
      3,
    ],
    [
      (from) => ({ deed: { kind: 'disk-full', target: 'mariadb' }, lastsMs: from.between(1_000, 4_000) }),
      canFillDisk ? 2 : 0,
    ],
    [jumpClock, 5],
    [
      (from) => ({
        deed: { kind: 'rolling-restart', target: from.chance(0.5) ? 'chat' : 'gateway' },
        lastsMs: 4_000,
      }),
      1.5,
    ],
  ])
  return choose(random)
}

function kill(random: Random): Chosen {
  return { deed: { kind: 'kill', target: weighted(random, killWeights) }, lastsMs: 1_500 }
}

/** 1–15 s, mostly short; everybody waits for the database, so it is spared the longest. */
function pause(random: Random): Chosen {
  const target = weighted(random, pauseWeights)
  const mostMs = target === 'mariadb' ? 6_000 : 15_000
  return {
    deed: { kind: 'pause', target },
    lastsMs: Math.round(Math.min(mostMs, 1_000 + random.wait(2_500))),
  }
}

function jumpClock(random: Random): Chosen {
  const byMs = random.between(1, 60) * 60_000 * (random.chance(0.5) ? 1 : -1)
  const target: MemberName = random.chance(0.5) ? 'chat-1' : 'chat-2'
  return { deed: { kind: 'clock-jump', target, byMs }, lastsMs: random.between(1_000, 6_000) }
}

function disturbEdge(random: Random, edges: readonly string[]): Chosen {
  const target = random.pick(edges) ?? ''
  const mode = chooseMode(random)
  const lastsMs = mode.kind === 'reset' ? random.between(100, 2_500) : random.between(500, 5_000)
  return { deed: { kind: mode.kind, target, mode }, lastsMs }
}

function chooseMode(random: Random): ProxyMode {
  const direction: Direction = random.pick(['up', 'down', 'both', 'both'] as const) ?? 'both'
  return weighted<() => ProxyMode>(random, [
    [() => ({ kind: 'blackhole', direction, healsBy: random.chance(0.7) ? 'late' : 'reset' }), 4],
    [() => ({ kind: 'reset' }), 3],
    [() => ({ kind: 'half-open', dead: random.chance(0.7) ? 'down' : 'up' }), 3],
    [() => ({ kind: 'delay', ms: random.between(50, 500), direction }), 3],
    [() => ({ kind: 'truncate', afterBytes: random.between(0, 4_000), direction }), 3],
    [() => ({ kind: 'rate', bytesPerSecond: random.between(20_000, 200_000), direction }), 1],
  ])()
}
