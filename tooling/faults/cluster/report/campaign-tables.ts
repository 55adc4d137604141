import { quantile } from '../../../measure/quantile.ts'
import type { RunResult } from '../runner/run-result.ts'
import { count, table } from './markdown.ts'

/** What the campaign showed, as a table of one row per figure. */
export function campaignTable(results: readonly RunResult[]): string {
  const sum = (of: (run: RunResult) => number) => results.reduce((total, run) => total + of(run), 0)
  const acked = sum((run) => run.acked)
  const violations = sum((run) => run.violations)
  const heals = results.map((run) => run.healP99Ms).toSorted((a, b) => a - b)
  const pauses = results.map((run) => run.longestPauseMs).toSorted((a, b) => a - b)
  return table(
    ['figure', 'value'],
    [
      ['runs', `${count(results.length)} of ${secondsOf(results)} s`],
      ['messages acknowledged', count(acked)],
      ['faults in effect', count(sum((run) => run.faults))],
      ['violations of S1 – S16', count(violations)],
      ['tries of a send that got no answer (each tried again with its id)', count(sum((run) => run.unknown))],
      [
        'sends never answered to the end of their run (refused after a lost answer), of them in the log',
        `${count(sum((run) => run.neverAnswered))}, ${count(sum((run) => run.committedUnanswered))}`,
      ],
      ['runs that came to rest within the time for it', `${results.filter((run) => run.isQuiet).length}`],
      ['healed, 99th percentile of a run: median and worst run', pair(heals)],
      ['longest time without an acknowledgement in some room: median and worst run', pair(pauses)],
      ['95 % upper bound for runs with a violation', boundOf(violations, results.length)],
      ['95 % upper bound for lost acknowledged messages', boundOf(violations, acked)],
    ],
  )
}

const pair = (sorted: readonly number[]): string =>
  `${count(quantile(sorted, 0.5))} ms, ${count(sorted.at(-1) ?? 0)} ms`

const secondsOf = (results: readonly RunResult[]): string =>
  [...new Set(results.map(({ seconds }) => seconds))].join(' and ')

/** Nothing found in n tries says: fewer than 3 in n, with 95 % confidence. Otherwise there is no such bound to give. */
export function boundOf(found: number, tries: number): string {
  if (tries === 0) return 'nothing was tried'
  if (found > 0) return `none: ${count(found)} were found`
  const perMillion = 3_000_000 / tries
  return perMillion < 1_000
    ? `${count(Number(perMillion.toPrecision(2)))} in a million`
    : `${count(Number((300 / tries).toPrecision(2)))} %`
}

/** How many faults of each kind were in effect. */
export function faultsTable(results: readonly RunResult[]): string {
  const byKind = new Map<string, number>()
  for (const { faultsByKind } of results)
    for (const [kind, times] of Object.entries(faultsByKind))
      byKind.set(kind, (byKind.get(kind) ?? 0) + times)
  return table(
    ['fault', 'times'],
    [...byKind].toSorted((a, b) => b[1] - a[1]).map(([kind, times]) => [kind, count(times)]),
  )
}

/** Invariants that were broken; a sentence when none was. */
export function violationsTable(results: readonly RunResult[]): string {
  const broken = results.flatMap(({ run, seed, byInvariant }) =>
    Object.entries(byInvariant).map(([invariant, times]) => [invariant, `${run}`, `${seed}`, count(times)]),
  )
  return broken.length === 0
    ? 'No invariant was broken in any run.'
    : table(['invariant', 'run', 'seed', 'times (20 at most are told of a run)'], broken)
}

/** From the first sending to the acknowledgement: while something was broken, and while nothing was. */
export function latencyTable(results: readonly RunResult[]): string {
  const row = (name: string, of: (run: RunResult) => number): string[] => {
    const sorted = results
      .map(of)
      .filter(Number.isFinite)
      .toSorted((a, b) => a - b)
    return [name, ...[0.1, 0.5, 0.9].map((part) => `${count(quantile(sorted, part))} ms`)]
  }
  return table(
    ['of a run', 'best tenth of runs', 'median run', 'worst tenth of runs'],
    [
      row('all, median', (run) => run.ackP50Ms),
      row('all, 99th percentile', (run) => run.ackP99Ms),
      row('nothing broken, median', (run) => run.healthyAckP50Ms),
      row('nothing broken, 99th percentile', (run) => run.healthyAckP99Ms),
    ],
  )
}

/** Every seed, in ranges: `1000–1119`. */
export function seedList(results: readonly RunResult[]): string {
  const seeds = results.map(({ seed }) => seed).toSorted((a, b) => a - b)
  const ranges: { from: number; to: number }[] = []
  for (const seed of seeds) {
    const last = ranges.at(-1)
    if (last !== undefined && seed <= last.to + 1) last.to = seed
    else ranges.push({ from: seed, to: seed })
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}
