import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { runMany } from './cluster/runner/run-many.ts'
import { summarise, type RunResult } from './cluster/runner/run-result.ts'
import { tellRun } from './cluster/runner/tell-run.ts'

/**
 * `npm run campaign`: 120 runs of 40 s. Each run's result is appended to a file as one JSON line; started again with the
 * same file it goes on where it stopped. Exit code 1 when anything is wrong.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '120' },
    seconds: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1000' },
    results: { type: 'string', default: '.cache/campaign/results.jsonl' },
  },
})
const [runs, seconds, seed] = [values.runs, values.seconds, values.seed].map(Number)
if (!(runs && runs >= 1) || !(seconds && seconds >= 12) || !Number.isInteger(seed)) {
  console.error('--runs takes a number from 1, --seconds 12 or more, --seed a whole number.')
  process.exit(2)
}

/** More than in a single run: what waits together is written together, so that two cores acknowledge more. */
const manyTalk = { clients: 40, rooms: 16, sendsPerSecond: 2_000 }

await mkdir(dirname(values.results), { recursive: true })
const results = await readResults(values.results)
const done = new Set(results.map(({ run }) => run))
const missing = Array.from({ length: runs }, (_, index) => ({
  run: index + 1,
  seed: Number(seed) + index,
})).filter(({ run }) => !done.has(run))
if (done.size > 0) console.error(`${done.size} runs are done, ${missing.length} are left`)

// Asked to end it finishes the run at hand and leaves nothing behind.
let isEnding = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isEnding = true))

await runMany({
  runs: missing,
  seconds,
  load: manyTalk,
  say: (line) => console.error(line),
  onRun: (result, sentences) => {
    results.push(result)
    // The order of the file does not matter; a line that is being written when all ends is left out when it goes on.
    void appendFile(values.results, `${JSON.stringify(result)}\n`)
    console.error(tellRun(result))
    for (const sentence of sentences.slice(0, 20)) console.error(`  ${sentence}`)
    return !isEnding
  },
})
const summary = summarise(results, Number(seed))
console.log(JSON.stringify(summary))
process.exit(summary.violations === 0 && results.length >= runs ? 0 : 1)

async function readResults(file: string): Promise<RunResult[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    try {
      /** True because only this program writes the file; half a line is no JSON. */
      return [JSON.parse(line) as RunResult]
    } catch {
      return []
    }
  })
}
