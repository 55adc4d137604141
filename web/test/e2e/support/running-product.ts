import { startProduct } from '@our-now/testkit/start-product.ts'
import { spawnSync } from 'node:child_process'
import type { Member } from '../../../../tooling/cluster/cluster.ts'
import { startCluster } from '../../../../tooling/cluster/start-cluster.ts'

/** The product that the browsers meet. */
export interface RunningProduct {
  /** On localhost; the same over `startAgain`. */
  readonly url: string
  /** Process ids of mediasoup's workers. */
  callWorkerPids(): number[]
  /** The processes whose children those are. */
  mediaPids(): number[]
  /** `kill -9` of everything that is ours. */
  kill(): Promise<void>
  /** After `kill`, with the same data. */
  startAgain(): Promise<void>
  stop(): Promise<void>
  /** How its processes are and what they complained about, for a test that failed. */
  tell(): string
}

export interface RunOptions {
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
}

/** Characters of what a process printed. */
const mostTold = 2_000

/** One process, or many: the same tests hold for both. */
export function runProduct(mode: 'embedded' | 'cluster', options: RunOptions): Promise<RunningProduct> {
  return mode === 'cluster' ? runCluster(options) : runEmbedded(options)
}

async function runEmbedded({ dataDir, env }: RunOptions): Promise<RunningProduct> {
  let product = await startProduct({ dataDir, port: 0, env })
  const { url } = product
  return {
    url,
    callWorkerPids: () => workersOf(product.pid),
    mediaPids: () => [product.pid],
    kill: () => product.kill(),
    startAgain: async () => {
      product = await startProduct({ dataDir, port: Number(new URL(url).port), env })
    },
    stop: async () => void (await product.stop()),
    tell: () => product.output().slice(-mostTold),
  }
}

/** Those of one line start together. Databases and brokers are not ours: they go on. */
const startOrder: readonly (readonly Member['kind'][])[] = [
  ['auth', 'chat', 'presence', 'media', 'vision'],
  ['gateway'],
  ['balancer'],
]

/** Calls need mediasoup's worker, and two nodes of them are a cluster. */
const mediaNodes = process.env['MEDIA_WORKER_BIN'] === undefined ? 0 : 2

async function runCluster({ dataDir, env }: RunOptions): Promise<RunningProduct> {
  const cluster = await startCluster({ dataDir, env, restarts: false, replicas: { media: mediaNodes } })
  const ofKinds = (kinds: readonly Member['kind'][]): Member[] =>
    [...cluster.members.values()].filter(({ kind }) => kinds.includes(kind))
  return {
    url: cluster.url,
    callWorkerPids: () => ofKinds(['media']).flatMap((member) => workersOf(member.pid())),
    mediaPids: () => ofKinds(['media']).flatMap((member) => member.pid() ?? []),
    kill: async () => {
      const ours = ofKinds(startOrder.flat())
      for (const member of ours) member.signal('SIGKILL')
      while (ours.some((member) => member.state() !== 'down'))
        await new Promise((resolve) => setTimeout(resolve, 10))
    },
    startAgain: async () => {
      for (const kinds of startOrder) await Promise.all(ofKinds(kinds).map((member) => member.start()))
    },
    stop: () => cluster.stop(),
    tell: () =>
      [...cluster.members.values()]
        .map((member) => `${member.name} ${member.state()} ${member.output().slice(-mostTold)}`)
        .join('\n'),
  }
}

/** The workers among the children of a process. */
function workersOf(pid: number | undefined): number[] {
  const asked = spawnSync('pgrep', ['-P', String(pid), '-f', 'mediasoup-worker'], { encoding: 'utf8' })
  return asked.stdout.split('\n').filter(Boolean).map(Number)
}
