import type { MatrixResult } from '../matrix/run-matrix.ts'
import { races, type RaceTest } from './find-races.ts'
import { count, table } from './markdown.ts'

/** The failure table: what was promised, what was measured. */
export const matrixTable = (rows: readonly MatrixResult[]): string =>
  table(
    [
      'fault',
      'promise',
      'longest pause (bound)',
      'healed, p99 (bound)',
      'ack p99',
      'unknown tries',
      'violations',
      'runs',
    ],
    rows.map((row) => [
      row.name,
      row.promise,
      `${count(row.longestPauseMs)} ms (${count(row.pauseBoundMs)})${row.longestPauseMs > row.pauseBoundMs ? ' **over**' : ''}`,
      `${count(row.healP99Ms)} ms (${count(row.healBoundMs)})${row.healP99Ms > row.healBoundMs ? ' **over**' : ''}`,
      `${count(row.ackP99Ms)} ms`,
      count(row.unknown),
      count(row.violations),
      `${row.runs}`,
    ]),
  )

/** What became of one mutant, as `--mutants --out` writes it. */
export interface MutantOutcome {
  readonly id: string
  readonly mistake: string
  readonly isCaught: boolean
  readonly tries: number
  /** The invariants that it broke, or the tests that failed on it. */
  readonly invariants: readonly string[]
}

export const mutantsTable = (results: readonly MutantOutcome[]): string =>
  table(
    ['', 'mistake put into the product', 'caught', 'runs', 'by'],
    results.map(({ id, mistake, isCaught, tries, invariants }) => [
      id.toUpperCase(),
      mistake,
      isCaught ? 'yes' : '**no**',
      `${tries}`,
      invariants.join(', '),
    ]),
  )

export const racesTable = (tests: readonly RaceTest[]): string =>
  table(
    ['', 'race', 'tests'],
    Object.entries(races).map(([race, words]) => [
      race,
      words,
      [...new Set(tests.filter((one) => one.race === race).map(({ file }) => `\`${file}\``))].join(', ') ||
        '**none**',
    ]),
  )
