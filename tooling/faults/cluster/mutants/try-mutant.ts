import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '../runner/opened-cluster.ts'
import { runOnce } from '../runner/run-once.ts'
import { campaignLoad } from '../runner/run-many.ts'
import { judgeRun } from '../runner/start-judge.ts'
import { mutants } from './mutants.ts'
import type { Found } from './run-mutants.ts'

/**
 * `node try-mutant.ts m01 3 1`: breaks the cluster of the tree it stands in as that mutant needs it, at most three times,
 * until something is wrong, with seeds from 1. Its last line is a `Found`.
 */
const [, , id = '', mostRuns = '3', firstSeed = '1'] = process.argv
const circumstances = mutants.find((one) => one.id === id)?.circumstances
if (circumstances?.by !== 'run') throw new Error(`no run is known for ${id}`)

const dir = await mkdtemp(join(tmpdir(), 'our-now-mutant-run-'))
const opened = await openCluster({ dataDir: join(dir, 'cluster') })
const invariants = new Set<string>()
let [runs, ackedInAll]: [number, number] = [0, 0]
let sentence: string | undefined
try {
  while (runs < Number(mostRuns) && sentence === undefined) {
    const run = ++runs
    const seed = Number(firstSeed) + run - 1
    const runDir = join(dir, `run-${run}`)
    const { faults, faultsMs, load } = circumstances
    const runName = `${id}r${run}`
    const { acked } = await runOnce({
      ...opened,
      dir: runDir,
      runName,
      seed,
      faults,
      faultsMs,
      load: { ...campaignLoad, ...load },
    })
    ackedInAll += acked
    const { verdict } = await judgeRun(runDir)
    for (const violation of verdict.violations) {
      invariants.add(violation.invariant)
      sentence ??= `${violation.invariant}: ${violation.sentence}`
    }
  }
} finally {
  await opened.setting.stop()
  await rm(dir, { recursive: true, force: true })
}
const found: Found = { tries: runs, acked: ackedInAll, invariants: [...invariants], sentence }
console.log(JSON.stringify(found))
process.exit(0)
