import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FinalState, HistoryLine } from '../history.ts'

/** The lines of a run's two files, of the clients and of the runner, in the order of their times. */
export async function readHistory(dir: string): Promise<HistoryLine[]> {
  const lines = await readLines(join(dir, 'history.jsonl'))
  lines.push(...(await readLines(join(dir, 'runner.jsonl'))))
  return lines.toSorted((a, b) => a.t - b.t)
}

/** True because the harness alone writes these files, from values of this type. */
export const readFinalState = async (dir: string): Promise<FinalState> =>
  JSON.parse(await readFile(join(dir, 'final.json'), 'utf8')) as FinalState

async function readLines(file: string): Promise<HistoryLine[]> {
  const lines: HistoryLine[] = []
  if (!existsSync(file)) return lines
  for await (const line of createInterface({ input: createReadStream(file) }))
    /** True because the harness alone writes these files, from values of this type. */
    if (line !== '') lines.push(JSON.parse(line) as HistoryLine)
  return lines
}
