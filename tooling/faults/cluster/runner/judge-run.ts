import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkHistory } from '../checker/check-history.ts'
import { tellViolation } from '../checker/tell-violation.ts'
import { measureRun } from './measure-run.ts'
import { readFinalState, readHistory } from './read-history.ts'

/**
 * A process of its own: judging takes seconds, and the proxies of the runner must not stand still meanwhile. What is wrong
 * is told at length in `violations.txt` of the run's folder.
 */
const [dir = '.'] = process.argv.slice(2)
const lines = await readHistory(dir)
const verdict = checkHistory(lines, await readFinalState(dir))
if (verdict.violations.length > 0) {
  const stories = verdict.violations.map((violation) => tellViolation(violation, lines))
  await writeFile(join(dir, 'violations.txt'), stories.join('\n'))
}
process.stdout.write(JSON.stringify({ verdict, measures: measureRun(lines) }))
