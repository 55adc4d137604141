import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Found } from './run-mutants.ts'

const giveUpAfterMs = 180_000

/** Runs tests of the copy that are to fail; that they pass on the product as it is, `npm test` shows. */
export async function failTests(copy: string, files: readonly string[]): Promise<Found> {
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--root',
    '.',
    '--project',
    'unit',
    '--project',
    'service',
  ]
  const { stdout } = await promisify(execFile)(process.execPath, [...args, '--reporter=json', ...files], {
    cwd: copy,
    maxBuffer: 64 * 1024 * 1024,
    timeout: giveUpAfterMs,
  }).catch(({ stdout: told }: { stdout?: string }) => ({ stdout: told ?? '' }))
  /** True because it is what vitest's reporter prints, possibly among other lines. */
  const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1)) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly { readonly status: string; readonly title: string }[]
    }[]
  }
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
