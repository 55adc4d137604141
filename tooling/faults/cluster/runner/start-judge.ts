import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Verdict } from '../checker/check-history.ts'
import type { RunMeasures } from './measure-run.ts'

export interface Judgement {
  readonly verdict: Verdict
  readonly measures: RunMeasures
}

const judgeFile = fileURLToPath(new URL('judge-run.ts', import.meta.url))

/** Has a run's folder checked by another process while the next run goes on. */
export async function judgeRun(dir: string): Promise<Judgement> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=3000', judgeFile, dir],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  /** True because the judge prints nothing else. */
  return JSON.parse(stdout) as Judgement
}
