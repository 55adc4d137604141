import { readFile, writeFile } from 'node:fs/promises'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { MatrixResult } from '../matrix/run-matrix.ts'
import type { RunResult } from '../runner/run-result.ts'
import { campaignTable, faultsTable, latencyTable, seedList, violationsTable } from './campaign-tables.ts'
import { findRaceTests } from './find-races.ts'
import { count, fillIn } from './markdown.ts'
import { matrixTable, mutantsTable, racesTable, type MutantOutcome } from './other-tables.ts'

/**
 * Writes the figures of `docs/reliability.md` from what the harness measured: the campaign's results, one JSON line a run,
 * and the matrix and the mutants as their `--out` writes them, all kept in `docs/reliability`. A file that is not there
 * leaves its part as it is.
 */
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const { values } = parseArgs({
  options: {
    campaign: { type: 'string', default: join(root, 'docs/reliability/campaign.jsonl') },
    matrix: { type: 'string', default: join(root, 'docs/reliability/matrix.json') },
    mutants: { type: 'string', default: join(root, 'docs/reliability/mutants.json') },
  },
})
const reportFile = join(root, 'docs/reliability.md')
let report = await readFile(reportFile, 'utf8')
const put = (name: string, content: string): void => {
  report = fillIn(report, name, content)
}

put('races', racesTable(await findRaceTests(root)))

const campaign = await readText(values.campaign)
if (campaign !== undefined) {
  /** True because only the campaign writes the file. */
  const runs = campaign.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RunResult]))
  put('campaign', campaignTable(runs))
  put('violations', violationsTable(runs))
  put('faults', faultsTable(runs))
  put('latency', latencyTable(runs))
  put('seeds', `Seeds: ${seedList(runs)}.`)
  put('machine', describeMachine())
}
const matrix = await readText(values.matrix)
/** True because only `--matrix --out` writes the file. */
if (matrix !== undefined) put('matrix', matrixTable(JSON.parse(matrix) as MatrixResult[]))
const mutants = await readText(values.mutants)
/** True because only `--mutants --out` writes the file. */
if (mutants !== undefined)
  put('mutants', mutantsTable((JSON.parse(mutants) as { results: MutantOutcome[] }).results))

await writeFile(reportFile, report)

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    console.error(`${file} is not there; its part stays as it is.`)
    return undefined
  }
}

function describeMachine(): string {
  const [first] = cpus()
  const gib = count(Math.round(totalmem() / 2 ** 30))
  return `Machine: ${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${gib} GiB, Linux ${release()}, Node ${process.versions.node}.`
}
