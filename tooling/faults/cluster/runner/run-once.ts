import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startClients, type Clients } from '../clients/start-clients.ts'
import type { Load } from '../clients/run-order.ts'
import type { ClientView, FinalState, HistoryLine, PhaseLine } from '../history.ts'
import type { Fault } from '../nemeses/fault.ts'
import { runFaults } from '../nemeses/run-faults.ts'
import { clockSince, monotonicMs } from '../run-clock.ts'
import { dumpDatabase, listHeads } from './dump-database.ts'
import { healAll } from './heal-all.ts'
import type { TopicReader } from './read-topic.ts'
import { startSampling } from './sample-processes.ts'
import type { FaultCluster } from './start-fault-cluster.ts'

export interface RunOptions {
  readonly setting: FaultCluster
  readonly topic: TopicReader
  /** Where the history goes. */
  readonly dir: string
  readonly runName: string
  readonly seed: number
  readonly faults: readonly Fault[]
  readonly faultsMs: number
  readonly load: Load
}

export interface RunOutcome {
  readonly acked: number
  readonly faults: number
  /** Tries of sends that got no answer. */
  readonly unknown: number
  readonly isQuiet: boolean
}

const warmUpMs = 5_000
/** What is promised after a heal is 10 s, and is judged by the history; a slow machine may send its last messages longer. */
const quiesceMs = 30_000

/** One run: people begin to talk, faults come and go, all is healed, everybody comes to rest, what is left is dumped. */
export async function runOnce(options: RunOptions): Promise<RunOutcome> {
  const { setting, topic, dir, runName, seed, faults, faultsMs, load } = options
  await mkdir(dir, { recursive: true })
  const baseMs = monotonicMs()
  const now = clockSince(baseMs)
  const lines = createWriteStream(join(dir, 'runner.jsonl'))
  const write = (line: HistoryLine): void => void lines.write(`${JSON.stringify(line)}\n`)
  const phase = (name: PhaseLine['phase']): void => write({ t: now(), f: 'phase', phase: name })
  const clients = startClients()
  setting.onDoor(clients.turn)
  const sampling = startSampling(setting.cluster, now, write)
  try {
    await topic.mark()
    phase('warm-up')
    const { roomIds } = await clients.begin({
      seed,
      runName,
      baseMs,
      historyFile: join(dir, 'history.jsonl'),
      doors: setting.doors,
      origin: setting.origin,
      repeatShare: 0.02,
      ...load,
    })
    await wait(Math.max(500, warmUpMs - now()))
    phase('faults')
    const done = await runFaults({ world: setting.world, faults, forMs: faultsMs, now, write })
    await healAll(setting)
    phase('healed')
    await clients.silence()
    const isQuiet = await quiesce(setting, clients, roomIds)
    phase('quiesced')
    await sampling.sample()
    phase('final-sync')
    const { acked, unknown, views } = await clients.finish()
    /** True because the clients' process sends what `viewRooms` made. */
    await dump(options, roomIds, views as ClientView[])
    phase('end')
    return { acked, faults: done, unknown, isQuiet }
  } finally {
    sampling.stop()
    setting.onDoor(() => undefined)
    await clients.stop()
    await new Promise((resolve) => lines.end(resolve))
  }
}

/** Until nothing waits anywhere and everybody is at every head, or the time for it is over. */
async function quiesce(
  { cluster }: FaultCluster,
  clients: Clients,
  roomIds: readonly string[],
): Promise<boolean> {
  const endMs = performance.now() + quiesceMs
  let last = ''
  while (performance.now() < endMs) {
    await wait(150)
    const { heads, outboxLeft } = await listHeads(cluster.databaseUrl('chat'), roomIds)
    const { waiting, offline, behind } = await clients.compare(heads)
    if (waiting === 0 && offline === 0 && behind.length === 0 && outboxLeft === 0) return true
    last = `${waiting} unsent, ${offline} offline, ${outboxLeft} in the outbox, behind: ${behind.join('; ')}`
  }
  process.stderr.write(`not at rest: ${last}\n`)
  return false
}

async function dump(
  { setting: { cluster }, topic, dir }: RunOptions,
  roomIds: readonly string[],
  views: readonly ClientView[],
): Promise<void> {
  const stored = await dumpDatabase(cluster.databaseUrl('chat'), roomIds)
  const final: FinalState = { ...stored, topic: await topic.read(roomIds), views }
  await writeFile(join(dir, 'final.json'), JSON.stringify(final))
}
