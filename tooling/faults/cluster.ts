import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { runMatrix } from './cluster/matrix/run-matrix.ts'
import { runMutants } from './cluster/mutants/run-mutants.ts'
import { runMany } from './cluster/runner/run-many.ts'
import { summarise, type RunResult } from './cluster/runner/run-result.ts'
import { tellRun } from './cluster/runner/tell-run.ts'

/**
 * `npm run faults -- --runs N --seconds S --seed X --json`: breaks the cluster in N runs and holds every history
 * against the promise. With --json the last line is
 * `{"runs","acked","faults","violations","unknown","healP99Ms","seed"}`. Exit code 1 when anything is wrong.
 * `--ci`: 4 runs of 20 s. `--matrix`: every row of the failure table alone, `--runs` times each; `--out FILE` writes it.
 * `--mutants`: puts the mistakes of `tooling/mutants` into a copy of the product, one after the other, and tells which
 * ones are found within `--runs` (3) runs, after a control without a mistake; `--only m01,m06` picks some.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seconds: { type: 'string', default: '40' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    ci: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    matrix: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string' },
  },
})
const runs = values.ci ? 4 : Number(values.runs ?? (values.matrix || values.mutants ? 3 : 1))
const seconds = values.ci ? 20 : Number(values.seconds)
const seed = Number(values.seed ?? (values.ci ? 1 : Date.now() % 1_000_000))
if (!Number.isInteger(runs) || runs < 1 || runs > 10_000 || !(seconds >= 12) || !Number.isInteger(seed)) {
  console.error('--runs takes a number from 1 to 10000, --seconds 12 or more, --seed a whole number.')
  process.exit(2)
}

if (values.matrix) process.exit(await matrix())
if (values.mutants) process.exit(await tryMutants())

const results: RunResult[] = []
await runMany({
  runs: Array.from({ length: runs }, (_, index) => ({ run: index + 1, seed: seed + index })),
  seconds,
  keepAll: values.keep,
  say: (line) => console.error(line),
  onRun: (result, sentences) => {
    results.push(result)
    console.error(tellRun(result))
    for (const sentence of sentences.slice(0, 20)) console.error(`  ${sentence}`)
    if (result.dir !== undefined)
      console.error(
        `  history: ${result.dir}\n  again: npm run faults -- --runs 1 --seconds ${seconds} --seed ${result.seed}`,
      )
    return true
  },
})
const summary = summarise(results, seed)
if (values.json) console.log(JSON.stringify(summary))
process.exit(summary.violations === 0 && results.length === runs ? 0 : 1)

async function matrix(): Promise<number> {
  const rows = await runMatrix({
    seed,
    times: runs,
    ...(values.only !== undefined && { only: values.only }),
    say: (line) => console.error(line),
    onRow: (row) =>
      console.error(
        `${row.isWithinBounds ? 'ok ' : 'NOT'} ${row.name}: longest pause ${row.longestPauseMs} ms (${row.pauseBoundMs}), ` +
          `ack p99 ${row.ackP99Ms} ms, healed p99 ${row.healP99Ms} ms (${row.healBoundMs}), ` +
          `${row.acked} acknowledged, ${row.unknown} tries unknown, ${row.violations} violations`,
      ),
  })
  if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify(rows, undefined, 2)}\n`)
  if (values.json) console.log(JSON.stringify(rows))
  return rows.every(({ isWithinBounds }) => isWithinBounds) ? 0 : 1
}

async function tryMutants(): Promise<number> {
  const summary = await runMutants({
    seed,
    tries: runs,
    only: values.only === undefined ? [] : values.only.split(','),
    say: (line) => console.error(line),
  })
  if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify(summary, undefined, 2)}\n`)
  const { mutants, caught, missed, falseAlarms } = summary
  if (values.json) console.log(JSON.stringify({ mutants, caught, missed, falseAlarms }))
  return missed.length === 0 && falseAlarms.length === 0 ? 0 : 1
}
