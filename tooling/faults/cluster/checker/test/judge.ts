import type { HistoryLine, OperationLine, StoredEvent } from '../../history.ts'
import { checkHistory } from '../check-history.ts'
import { goodRun, type GoodRun } from './good-run.ts'

/** The invariants that a run breaks, each once, in order. */
export function brokenBy({ lines, final }: GoodRun): string[] {
  const { violations } = checkHistory(lines, final)
  return [...new Set(violations.map(({ invariant }) => invariant))].toSorted()
}

/** The usual good run with something done to it. */
export function spoil(change: {
  readonly lines?: (lines: HistoryLine[]) => HistoryLine[]
  readonly final?: (final: GoodRun['final']) => Partial<GoodRun['final']>
}): GoodRun {
  const { lines, final } = goodRun()
  return { lines: change.lines?.(lines) ?? lines, final: { ...final, ...change.final?.(final) } }
}

/** Changes the stored events that `which` picks; `undefined` takes one out. */
export const changeEvents = (
  { events }: GoodRun['final'],
  which: (event: StoredEvent) => boolean,
  change: (event: StoredEvent) => StoredEvent | undefined,
): { events: StoredEvent[] } => ({
  events: events.flatMap((event) => (which(event) ? (change(event) ?? []) : event)),
})

/** Changes the lines that `which` picks; `undefined` takes one out. */
export const changeLines =
  (which: (line: HistoryLine) => boolean, change: (line: HistoryLine) => HistoryLine | undefined) =>
  (lines: HistoryLine[]): HistoryLine[] =>
    lines.flatMap((line) => (which(line) ? (change(line) ?? []) : line))

export const isAck = (line: HistoryLine): line is OperationLine =>
  line.f === 'send' && 'type' in line && line.type === 'ok'
