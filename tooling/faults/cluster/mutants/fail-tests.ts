import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Found } from './run-mutants.ts'

const giveUpAfterMs = 180_000
const reportFile = 'mutant-tests.json'

/** What vitest's JSON reporter writes, as far as it is needed. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[]
  }[]
}

/** Runs tests of the copy that are to fail; that they pass on the product as it is, `npm test` shows. */
export async function failTests(copy: string, files: readonly string[]): Promise<Found> {
  const projects = ['--project', 'unit', '--project', 'service']
  const reporter = ['--reporter=json', `--outputFile=${reportFile}`]
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--root', '.', ...projects, ...reporter, ...files]
  // It ends with 1, as tests fail; what it found is in the file.
  await promisify(execFile)(process.execPath, args, { cwd: copy, timeout: giveUpAfterMs }).catch(
    () => undefined,
  )
  /** True because vitest has just written it. */
  const { testResults } = JSON.parse(await readFile(join(copy, reportFile), 'utf8')) as Report
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  if (tests.length === 0) throw new Error(`no test was run in ${files.join(', ')}`)
  const failed = tests.filter(({ status }) => status === 'failed')
  return {
    tries: 1,
    acked: 0,
    invariants: failed.length === 0 ? [] : ['tests'],
    sentence: failed[0]?.title,
  }
}
