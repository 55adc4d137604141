import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { applyPatch, copyProject, undoPatch } from './copy-project.ts'
import type { Mutant } from './mutant.ts'
import { mutants } from './mutants.ts'
import type { Tried } from './tried.ts'

/** What became of one mutant. */
export interface MutantResult {
  readonly id: string
  readonly mistake: string
  readonly isCaught: boolean
  readonly tries: number
  /** The invariants that it broke. */
  readonly invariants: readonly string[]
  /** The first violation, in words. */
  readonly sentence: string | undefined
}

/** What `--json` says, and a report is made from. */
export interface MutantsSummary {
  readonly mutants: number
  readonly caught: number
  readonly missed: readonly string[]
  /** Scenarios in which the checker accused the product as it is. */
  readonly falseAlarms: readonly string[]
  readonly results: readonly MutantResult[]
}

export interface RunMutantsOptions {
  readonly seed: number
  /** Most runs of each. */
  readonly tries: number
  /** Ids; all when empty. */
  readonly only: readonly string[]
  /** Runs every scenario on the unchanged product too: a checker that always cries has caught nothing. */
  readonly hasControl: boolean
  readonly say: (line: string) => void
}

const patches = fileURLToPath(new URL('../../../mutants/', import.meta.url))

/** Puts each mistake into a copy of the tree, runs the cluster from it, and tells which ones the checker found. */
export async function runMutants(options: RunMutantsOptions): Promise<MutantsSummary> {
  const { seed, tries, only, hasControl, say } = options
  const chosen = mutants.filter(({ id }) => only.length === 0 || only.includes(id))
  const copy = await mkdtemp(join(tmpdir(), 'our-now-mutants-'))
  const results: MutantResult[] = []
  const falseAlarms: string[] = []
  try {
    await copyProject(copy)
    if (hasControl) {
      const ids = chosen.map(({ id }) => id)
      for (const tried of await tryFrom(copy, ids, seed, 1)) {
        say(`control of ${tell(tried)}`)
        if (tried.sentences.length > 0 || tried.unfinished !== undefined) falseAlarms.push(tried.id)
      }
    }
    for (const mutant of chosen) {
      await applyPatch(copy, join(patches, mutant.patch))
      const tried = await tryFrom(copy, [mutant.id], seed, tries)
      await undoPatch(copy, join(patches, mutant.patch))
      for (const one of tried) say(tell(one))
      results.push(toResult(mutant, tried))
    }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
  return {
    mutants: results.length,
    caught: results.filter(({ isCaught }) => isCaught).length,
    missed: results.filter(({ isCaught }) => !isCaught).map(({ id }) => id),
    falseAlarms,
    results,
  }
}

/** Runs the harness that lies in the copy: its services and its clients are the copy's too. */
async function tryFrom(
  copy: string,
  ids: readonly string[],
  seed: number,
  tries: number,
): Promise<readonly Tried[]> {
  const program = join(copy, 'tooling/faults/cluster/mutants/try-mutant.ts')
  const child = fork(program, [String(seed), String(tries), ...ids], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const tried: Tried[] = []
  /** True because the program sends nothing else. */
  child.on('message', (message) => tried.push(message as Tried))
  await once(child, 'exit')
  return tried
}

function toResult({ id, mistake }: Mutant, tried: readonly Tried[]): MutantResult {
  const found = tried.flatMap(({ sentences }) => sentences)
  return {
    id,
    mistake,
    isCaught: found.length > 0,
    tries: tried.length,
    invariants: [...new Set(found.map((sentence) => sentence.slice(0, sentence.indexOf(':'))))],
    sentence: found[0],
  }
}

function tell({ id, attempt, acked, tookMs, sentences, unfinished }: Tried): string {
  const found = unfinished ?? (sentences.length === 0 ? 'nothing found' : (sentences[0] ?? ''))
  return `${id}, try ${attempt}, ${acked} acknowledged, ${Math.round(tookMs / 1_000)} s: ${found}`
}
