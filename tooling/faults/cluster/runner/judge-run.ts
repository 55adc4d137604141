import { checkHistory } from '../checker/check-history.ts'
import { measureRun } from './measure-run.ts'
import { readFinalState, readHistory } from './read-history.ts'

/** A process of its own: judging takes seconds, and the proxies of the runner must not stand still meanwhile. */
const [dir = '.'] = process.argv.slice(2)
const lines = await readHistory(dir)
const verdict = checkHistory(lines, await readFinalState(dir))
process.stdout.write(JSON.stringify({ verdict, measures: measureRun(lines) }))
