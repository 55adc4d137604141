import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '../runner/opened-cluster.ts'
import { runOnce } from '../runner/run-once.ts'
import { campaignLoad } from '../runner/run-many.ts'
import { judgeRun } from '../runner/start-judge.ts'
import { mutants, type Circumstances } from './mutants.ts'
import type { Found } from './run-mutants.ts'

/**
 * `node try-mutant.ts m01 3 1`: breaks the cluster of the tree it stands in as that mutant needs it, at most three times,
 * until something is wrong, with seeds from 1. `control` breaks it as every one of them needs it, once each. Its last line
 * is a `Found`.
 */
const [, , id = '', mostRuns = '3', firstSeed = '1'] = process.argv
const dir = await mkdtemp(join(tmpdir(), 'our-now-mutant-run-'))
const opened = await openCluster({ dataDir: join(dir, 'cluster') })
const invariants = new Set<string>()
let [tries, acked]: [number, number] = [0, 0]
let sentence: string | undefined
try {
  for (const { name, seed, circumstances } of planRuns()) {
    tries += 1
    const violations = await breakIt(name, seed, circumstances)
    for (const { invariant } of violations) invariants.add(invariant)
    const [first] = violations
    if (first === undefined) continue
    sentence = `${first.invariant}: ${first.sentence}`
    break
  }
} finally {
  await opened.setting.stop()
  await rm(dir, { recursive: true, force: true })
}
const found: Found = { tries, acked, invariants: [...invariants], sentence }
console.log(JSON.stringify(found))
process.exit(0)

function planRuns(): { name: string; seed: number; circumstances: Circumstances }[] {
  const seed = Number(firstSeed)
  const wanted = mutants.flatMap((one) =>
    one.circumstances.by === 'run' && (one.id === id || id === 'control')
      ? [{ name: one.id, seed, circumstances: one.circumstances }]
      : [],
  )
  if (id === 'control') return wanted
  return Array.from({ length: Number(mostRuns) }, (_, index) =>
    wanted.map((one) => ({ ...one, name: `${one.name}r${index + 1}`, seed: seed + index })),
  ).flat()
}

async function breakIt(name: string, seed: number, { faults, faultsMs, load }: Circumstances) {
  const runDir = join(dir, name)
  const order = {
    dir: runDir,
    runName: `x${name}`,
    seed,
    faults,
    faultsMs,
    load: { ...campaignLoad, ...load },
  }
  const outcome = await runOnce({ ...opened, ...order })
  acked += outcome.acked
  const { violations } = (await judgeRun(runDir)).verdict
  console.error(`${name}: ${outcome.acked} acknowledged, ${violations.length} violations`)
  return violations
}
