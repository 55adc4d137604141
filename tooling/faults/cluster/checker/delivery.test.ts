import { expect, test } from 'vitest'
import type { HistoryLine } from '../history.ts'
import { brokenBy, changeLines, spoil } from './test/judge.ts'

const isShown = (line: HistoryLine, client: string, roomId: string, seq: number): boolean =>
  line.f === 'deliver' && line.client === client && line.roomId === roomId && line.seq === seq

test('S5 catches a client that is never shown one event', () => {
  const run = spoil({
    lines: changeLines(
      (line) => isShown(line, 'c2', 'r1', 3),
      () => undefined,
    ),
  })
  expect(brokenBy(run)).toEqual(['S5'])
})

test('S5 catches a client that is shown an event twice', () => {
  const run = spoil({
    lines: (lines) => lines.flatMap((line) => (isShown(line, 'c2', 'r1', 3) ? [line, line] : line)),
  })
  expect(brokenBy(run)).toEqual(['S5'])
})

test('S5 catches a client that is shown another event than the log has there', () => {
  const run = spoil({
    lines: changeLines(
      (line) => isShown(line, 'c2', 'r1', 3),
      (line) => (line.f === 'deliver' ? { ...line, id: 'm77' } : line),
    ),
  })
  expect(brokenBy(run)).toEqual(['S5'])
})

test('S5 catches a client that is shown an event that is not in the log', () => {
  const run = spoil({
    lines: (lines) =>
      lines.flatMap((line) =>
        isShown(line, 'c1', 'r2', 3) && line.f === 'deliver' ? [line, { ...line, seq: 4 }] : line,
      ),
  })
  expect(brokenBy(run)).toContain('S5')
})

test('S10 catches a client that never has the last event', () => {
  const run = spoil({
    lines: changeLines(
      (line) => isShown(line, 'c2', 'r2', 3),
      () => undefined,
    ),
  })
  expect(brokenBy(run)).toEqual(['S10'])
})

test('S10 catches a client that has everything only long after the heal', () => {
  const run = spoil({
    lines: (lines) => [
      ...lines.filter((line) => !isShown(line, 'c2', 'r2', 3)),
      ...lines
        .filter((line) => isShown(line, 'c2', 'r2', 3))
        .map((line) => ({ ...line, t: line.t + 12_000 })),
    ],
  })
  expect(brokenBy(run)).toEqual(['S10'])
})

test('S15 catches a client that shows a room otherwise than a fresh read', () => {
  const run = spoil({
    final: ({ views: [first, ...others] }) => ({
      views: [...(first ? [{ ...first, reducedHash: 'other' }] : []), ...others],
    }),
  })
  expect(brokenBy(run)).toEqual(['S15'])
})

test('S15 catches a client that ends before the log does', () => {
  const run = spoil({
    final: ({ views }) => ({ views: views.map((view) => ({ ...view, have: view.have - 1 })) }),
  })
  expect(brokenBy(run)).toEqual(['S15'])
})
