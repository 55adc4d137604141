import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '../runner/opened-cluster.ts'
import { campaignLoad } from '../runner/run-many.ts'
import { runOnce } from '../runner/run-once.ts'
import { judgeRun } from '../runner/start-judge.ts'
import { matrixRows, type MatrixRow } from './rows.ts'

/** One row of the failure table with what was measured, the worst of its runs. */
export interface MatrixResult {
  readonly name: string
  readonly promise: string
  readonly runs: number
  readonly faults: number
  readonly acked: number
  /** Tries of sends without an answer. */
  readonly unknown: number
  readonly ackP99Ms: number
  readonly longestPauseMs: number
  readonly pauseBoundMs: number
  readonly healP99Ms: number
  readonly healBoundMs: number
  readonly violations: number
  readonly isWithinBounds: boolean
}

export interface MatrixOptions {
  readonly seed: number
  /** Runs of each row. */
  readonly times: number
  /** Only rows whose name contains this. */
  readonly only?: string
  readonly onRow: (row: MatrixResult) => void
  readonly say: (line: string) => void
}

const beforeMs = 1_000
const afterMs = 3_000

/** Runs every row's fault alone, several times, on one warm cluster, with half of the campaign's load. */
export async function runMatrix({
  seed,
  times,
  only = '',
  onRow,
  say,
}: MatrixOptions): Promise<MatrixResult[]> {
  const workDir = await mkdtemp(join(tmpdir(), 'our-now-matrix-'))
  const opened = await openCluster({ dataDir: join(workDir, 'cluster') })
  const results: MatrixResult[] = []
  let isClean = true
  try {
    for (const [index, row] of matrixRows.entries()) {
      if (!row.name.includes(only)) continue
      const runs: Measured[] = []
      for (let time = 0; time < times; time++) {
        const dir = join(workDir, `row-${index}-${time}`)
        const measured = await runRow(row, dir, `m${index}t${time}s${seed}`, seed + index * 100 + time)
        for (const sentence of measured.sentences.slice(0, 10)) say(`  ${sentence}`)
        if (measured.sentences.length === 0) await rm(dir, { recursive: true, force: true })
        else isClean = false
        runs.push(measured)
      }
      const result = worstOf(row, runs)
      results.push(result)
      onRow(result)
    }
    return results
  } finally {
    await opened.setting.stop()
    if (isClean) await rm(workDir, { recursive: true, force: true })
    else say(`kept: ${workDir}`)
  }

  async function runRow(row: MatrixRow, dir: string, runName: string, rowSeed: number): Promise<Measured> {
    const { deed, lastsMs } = row
    const outcome = await runOnce({
      ...opened,
      dir,
      runName,
      seed: rowSeed,
      faults: [{ id: 'f1', atMs: beforeMs, lastsMs, ...deed }],
      faultsMs: beforeMs + lastsMs + afterMs,
      load: { ...campaignLoad, sendsPerSecond: campaignLoad.sendsPerSecond / 2, cutsPerSecond: 0 },
    })
    const { verdict, measures } = await judgeRun(dir)
    return {
      ...outcome,
      ...measures,
      healP99Ms: verdict.healP99Ms,
      sentences: verdict.violations.map(({ invariant, sentence }) => `${invariant}: ${sentence}`),
    }
  }
}

interface Measured {
  readonly acked: number
  readonly faults: number
  readonly unknown: number
  readonly ackP99Ms: number
  readonly longestPauseMs: number
  readonly healP99Ms: number
  readonly sentences: readonly string[]
}

function worstOf(row: MatrixRow, runs: readonly Measured[]): MatrixResult {
  const { name, promise, pauseBoundMs, healBoundMs } = row
  const most = (of: (run: Measured) => number) => Math.max(...runs.map(of))
  const sum = (of: (run: Measured) => number) => runs.reduce((total, run) => total + of(run), 0)
  const longestPauseMs = most((run) => run.longestPauseMs)
  const healP99Ms = most((run) => run.healP99Ms)
  const violations = sum(({ sentences }) => sentences.length)
  return {
    name,
    promise,
    runs: runs.length,
    faults: sum(({ faults }) => faults),
    acked: sum(({ acked }) => acked),
    unknown: sum(({ unknown }) => unknown),
    ackP99Ms: most((run) => run.ackP99Ms),
    longestPauseMs,
    pauseBoundMs,
    healP99Ms,
    healBoundMs,
    violations,
    isWithinBounds: longestPauseMs <= pauseBoundMs && healP99Ms <= healBoundMs && violations === 0,
  }
}
