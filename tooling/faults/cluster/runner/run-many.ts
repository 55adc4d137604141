import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planFaults } from '../nemeses/plan-faults.ts'
import { openCluster, type OpenedCluster } from './opened-cluster.ts'
import type { Load } from '../clients/run-order.ts'
import { runOnce, type RunOutcome } from './run-once.ts'
import type { RunResult } from './run-result.ts'
import { judgeRun } from './start-judge.ts'

export interface RunManyOptions {
  /** Which runs: the number and the seed of each. */
  readonly runs: readonly { readonly run: number; readonly seed: number }[]
  /** Warm-up, faults and coming to rest of one run. */
  readonly seconds: number
  readonly load?: Partial<Load>
  /** A mutant's copy of the tree; undefined: this one. */
  readonly projectDir?: string
  /** Told after each run, when it is judged. Answers whether to go on. */
  readonly onRun: (result: RunResult, sentences: readonly string[]) => boolean
  readonly say: (line: string) => void
  /** Keep the histories of runs with nothing wrong too. */
  readonly keepAll?: boolean
}

/** Of 40 s: 5 s before the faults and about 5 s after them. */
const aroundFaultsMs = 10_000
const meanBetweenFaultsMs = 1_400

export const campaignLoad: Load = {
  clients: 24,
  rooms: 6,
  sendsPerSecond: 750,
  membershipsPerSecond: 10,
  deletesPerSecond: 6,
  readsPerSecond: 12,
  cutsPerSecond: 0.5,
}

/** Does run after run on one warm cluster, with fresh rooms and people each; a cluster that does not heal is replaced. */
export async function runMany(options: RunManyOptions): Promise<void> {
  const { runs, seconds, say, onRun } = options
  const workDir = await mkdtemp(join(tmpdir(), 'our-now-cluster-faults-'))
  let opened: OpenedCluster | undefined
  let judging: Promise<boolean> = Promise.resolve(true)
  let clusters = 0
  let isClean = true
  try {
    for (const { run, seed } of runs) {
      const about = {
        dataDir: join(workDir, `cluster-${++clusters}`),
        ...(options.projectDir !== undefined && { projectDir: options.projectDir }),
      }
      opened ??= await openCluster(about, say)
      const dir = join(workDir, `run-${run}`)
      const startedMs = performance.now()
      const ran = await runPlanned(opened, { dir, run, seed, seconds, load: options.load }).catch(
        (error: unknown) => {
          say(`run ${run} (seed ${seed}) could not be finished: ${String(error)}`)
        },
      )
      const tookMs = Math.round(performance.now() - startedMs)
      if (ran === undefined) {
        isClean = false
        await opened.setting.stop().catch((error: unknown) => say(String(error)))
        opened = undefined
        continue
      }
      if (!(await judging)) return
      judging = judge({ run, seed, seconds, dir, tookMs, outcome: ran })
    }
    await judging
  } finally {
    await judging.catch(() => undefined)
    await opened?.setting.stop()
    if (isClean) await rm(workDir, { recursive: true, force: true })
    else say(`kept: ${workDir}`)
  }

  async function judge(of: JudgeOrder): Promise<boolean> {
    const { outcome, dir, ...about } = of
    const { verdict, measures } = await judgeRun(dir)
    const isWrong = verdict.violations.length > 0
    if (isWrong) isClean = false
    else if (options.keepAll !== true) await rm(dir, { recursive: true, force: true })
    const byInvariant: Record<string, number> = {}
    for (const { invariant } of verdict.violations) byInvariant[invariant] = (byInvariant[invariant] ?? 0) + 1
    const result: RunResult = {
      ...about,
      ...outcome,
      ...measures,
      violations: verdict.violations.length,
      byInvariant,
      healP99Ms: verdict.healP99Ms,
      neverAnswered: verdict.unknown,
      committedUnanswered: verdict.committedUnknown,
      ...(isWrong && { dir }),
    }
    return onRun(
      result,
      verdict.violations.map(({ invariant, sentence }) => `${invariant}: ${sentence}`),
    )
  }
}

interface JudgeOrder {
  readonly run: number
  readonly seed: number
  readonly seconds: number
  readonly dir: string
  readonly tookMs: number
  readonly outcome: RunOutcome
}

function runPlanned(
  { setting, topic }: OpenedCluster,
  {
    dir,
    run,
    seed,
    seconds,
    load,
  }: { dir: string; run: number; seed: number; seconds: number; load: Partial<Load> | undefined },
): Promise<RunOutcome> {
  const faultsMs = Math.max(2_000, seconds * 1_000 - aroundFaultsMs)
  const faults = planFaults({
    seed,
    forMs: faultsMs,
    everyMs: meanBetweenFaultsMs,
    mostAtOnce: 3,
    edges: [...setting.edges, ...setting.doors.map(({ name }) => `clients>${name}`)],
    canFillDisk: setting.world.smallDisk !== undefined,
  })
  const runName = `r${run}s${seed}`
  return runOnce({ setting, topic, dir, runName, seed, faults, faultsMs, load: { ...campaignLoad, ...load } })
}
