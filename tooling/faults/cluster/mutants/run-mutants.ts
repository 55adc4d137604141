import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { applyPatch, copyProject } from './copy-project.ts'
import { failTests } from './fail-tests.ts'
import { mutants, type Mutant } from './mutants.ts'

/** What became of one mutant. */
interface MutantResult {
  readonly id: string
  readonly mistake: string
  readonly by: 'run' | 'tests'
  readonly isCaught: boolean
  /** Runs until it was caught. */
  readonly tries: number
  readonly acked: number
  /** The invariants that it broke, or `tests` when it failed those. */
  readonly invariants: readonly string[]
  /** The first thing found, in words. */
  readonly sentence: string | undefined
  readonly tookMs: number
  /** What kept it from being tried. */
  readonly error: string | undefined
}

/** What `--json` says, and a report is made from. */
export interface MutantsSummary {
  readonly mutants: number
  readonly caught: number
  readonly missed: readonly string[]
  /** The checker accused the product as it is, or could not try it. */
  readonly falseAlarms: readonly string[]
  readonly results: readonly MutantResult[]
  /** The unchanged product in the circumstances of all of them; undefined: it was not among the chosen. */
  readonly control: MutantResult | undefined
}

export interface RunMutantsOptions {
  readonly seed: number
  /** Most runs of each. */
  readonly tries: number
  /** Ids; all when empty. */
  readonly only: readonly string[]
  readonly say: (line: string) => void
}

/** Of the mutants' tool: it may be long, but not for ever. */
const giveUpAfterMs = 900_000
const patches = fileURLToPath(new URL('../../../mutants/', import.meta.url))

/** Puts each mistake into a copy of the tree, breaks the cluster that runs from it, and tells which ones were found. */
export async function runMutants({ seed, tries, only, say }: RunMutantsOptions): Promise<MutantsSummary> {
  const all: MutantResult[] = []
  for (const mutant of mutants.filter(({ id }) => only.length === 0 || only.includes(id))) {
    const result = await tryMutant(mutant, { seed, tries })
    all.push(result)
    say(tell(result))
  }
  const isControl = ({ id }: MutantResult) => id === 'control'
  const results = all.filter((one) => !isControl(one))
  return {
    mutants: results.length,
    caught: results.filter(({ isCaught }) => isCaught).length,
    missed: results.filter(({ isCaught }) => !isCaught).map(({ id }) => id),
    falseAlarms: all
      .filter((one) => isControl(one) && (one.isCaught || one.error !== undefined))
      .map(({ sentence, error }) => sentence ?? error ?? ''),
    results,
    control: all.find(isControl),
  }
}

async function tryMutant(
  { id, mistake, patch, circumstances }: Mutant,
  { seed, tries }: { seed: number; tries: number },
): Promise<MutantResult> {
  const startedMs = performance.now()
  const copy = await mkdtemp(join(tmpdir(), 'our-now-mutant-'))
  let [found, error]: [Found, string | undefined] = [nothing, undefined]
  try {
    await copyProject(copy)
    if (patch !== undefined) await applyPatch(copy, join(patches, `${patch}.patch`))
    found =
      circumstances.by === 'tests'
        ? await failTests(copy, circumstances.files)
        : await breakCluster(copy, [id, String(tries), String(seed)])
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message.slice(-500) : String(thrown)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
  const tookMs = Math.round(performance.now() - startedMs)
  const isCaught = found.sentence !== undefined
  return { id, mistake, by: circumstances.by, isCaught, ...found, tookMs, error }
}

export type Found = Pick<MutantResult, 'tries' | 'acked' | 'invariants' | 'sentence'>
const nothing: Found = { tries: 0, acked: 0, invariants: [], sentence: undefined }

/** Runs the harness that lies in the copy: its services and its clients are the copy's too. */
async function breakCluster(copy: string, args: readonly string[]): Promise<Found> {
  const program = 'tooling/faults/cluster/mutants/try-mutant.ts'
  const child = spawn(process.execPath, [program, ...args], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const late = setTimeout(() => child.kill('SIGTERM'), giveUpAfterMs)
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(late)
  if (code !== 0) throw new Error(`the run ended with ${code}: ${out}`)
  /** True because the program's last line is this. */
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Found
}

function tell({ id, isCaught, tries, acked, invariants, sentence, tookMs, error }: MutantResult): string {
  const found = error ?? (isCaught ? `${invariants.join(', ')}; ${sentence}` : 'nothing found')
  return `${id}, ${tries} runs, ${acked} acknowledged, ${Math.round(tookMs / 1_000)} s: ${found}`
}
