import { expect, test } from 'vitest'
import type { RunResult } from '../runner/run-result.ts'
import { boundOf, campaignTable, seedList, violationsTable } from './campaign-tables.ts'
import { fillIn, table } from './markdown.ts'

const run = (change: Partial<RunResult> = {}): RunResult => ({
  run: 1,
  seed: 1_000,
  seconds: 40,
  acked: 10_000,
  faults: 20,
  unknown: 5,
  isQuiet: true,
  ackP50Ms: 8,
  ackP99Ms: 900,
  healthyAckP50Ms: 6,
  healthyAckP99Ms: 40,
  neverAnswered: 2,
  committedUnanswered: 1,
  longestPauseMs: 3_000,
  pausedBy: [],
  faultsByKind: { kill: 20 },
  violations: 0,
  byInvariant: {},
  healP99Ms: 700,
  tookMs: 50_000,
  ...change,
})

test('nothing found in n tries is told as a bound of 3 in n, never as never', () => {
  expect(boundOf(0, 120)).toBe('2.5 %')
  expect(boundOf(0, 2_000_000)).toBe('1.5 in a million')
  expect(boundOf(0, 6_300)).toBe('480 in a million')
  expect(boundOf(0, 4)).toBe('75 %')
})

test('what was found leaves no bound to give', () => {
  expect(boundOf(2, 120)).toBe('none: 2 were found')
  expect(boundOf(0, 0)).toBe('nothing was tried')
})

test('the campaign is summed over its runs', () => {
  const text = campaignTable([run(), run({ run: 2, acked: 5_000, isQuiet: false })])
  expect(text).toContain('4, 2')
  expect(text).toMatch(/messages acknowledged +\| 15,000/)
  expect(text).toMatch(/runs that came to rest within the time for it +\| 1 /)
})

test('a broken invariant is told with its run and its seed', () => {
  expect(violationsTable([run()])).toBe('No invariant was broken in any run.')
  expect(violationsTable([run({ seed: 7, violations: 3, byInvariant: { S5: 3 } })])).toMatch(
    /\| S5 +\| 1 +\| 7 +\| 3/,
  )
})

test('seeds are listed as ranges', () => {
  expect(seedList([3, 1, 2, 9, 12, 11].map((seed) => run({ seed })))).toBe('1–3, 9, 11–12')
})

test('a table is padded, and a bar in a cell does not end it', () => {
  expect(table(['a', 'b'], [['1|2', 'x']])).toBe('| a    | b   |\n| ---- | --- |\n| 1\\|2 | x   |')
})

test('a part is replaced between its marks, again and again, and nowhere else', () => {
  const text = 'before\n<!-- x -->\nold\n<!-- /x -->\nafter'
  const once = fillIn(text, 'x', 'new')
  expect(once).toBe('before\n<!-- x -->\n\nnew\n\n<!-- /x -->\nafter')
  expect(fillIn(once, 'x', 'new')).toBe(once)
  expect(() => fillIn(text, 'y', 'new')).toThrow('no place for y')
})
