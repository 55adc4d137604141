import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '../runner/opened-cluster.ts'
import { campaignLoad } from '../runner/run-many.ts'
import { runOnce } from '../runner/run-once.ts'
import { judgeRun } from '../runner/start-judge.ts'
import { mutants } from './mutants.ts'
import type { Tried } from './tried.ts'

/**
 * `try-mutant.ts SEED TRIES ID…`: runs the scenario of each mutant on the tree that this file lies in, at most TRIES times,
 * until something is found, and sends what it found to whoever started it. Ends with them.
 */
const [seedText = '1', triesText = '3', ...ids] = process.argv.slice(2)
process.once('disconnect', () => process.exit(1))

const workDir = await mkdtemp(join(tmpdir(), 'our-now-mutant-'))
const opened = await openCluster({ dataDir: join(workDir, 'cluster') })
try {
  for (const mutant of mutants.filter(({ id }) => ids.includes(id)))
    for (let attempt = 1; attempt <= Number(triesText); attempt++) {
      const tried = await tryOnce(mutant.id, attempt)
      await new Promise((resolve) => process.send?.(tried, resolve))
      if (tried.sentences.length > 0) break
    }
} finally {
  await opened.setting.stop()
  await rm(workDir, { recursive: true, force: true })
}
process.exit(0)

async function tryOnce(id: string, attempt: number): Promise<Tried> {
  const mutant = mutants.find((one) => one.id === id)
  if (mutant === undefined) throw new Error(`there is no ${id}`)
  const { faults, faultsMs, load } = mutant.scenario
  const seed = Number(seedText) + attempt - 1
  const dir = join(workDir, `${id}-${attempt}`)
  const startedMs = performance.now()
  const base = { id, attempt, seed }
  const took = () => Math.round(performance.now() - startedMs)
  try {
    const { acked } = await runOnce({
      ...opened,
      dir,
      runName: `${id.toLowerCase()}t${attempt}s${seed}`,
      seed,
      faults,
      faultsMs,
      load: { ...campaignLoad, ...load },
    })
    const { verdict } = await judgeRun(dir)
    const sentences = verdict.violations.map(({ invariant, sentence }) => `${invariant}: ${sentence}`)
    return { ...base, acked, tookMs: took(), sentences, unfinished: undefined }
  } catch (error) {
    // Not a finding: a run that cannot be judged says nothing about the checker.
    return { ...base, acked: 0, tookMs: took(), sentences: [], unfinished: String(error) }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
