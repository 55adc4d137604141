import { expect, test } from 'vitest'
import type { HistoryLine } from '../history.ts'
import { brokenBy, changeEvents, spoil } from './test/judge.ts'

/** In the usual run u3 leaves r1 at 5 and comes back at 7; 6 is a message of u1. */
const shownTo3 = (lines: readonly HistoryLine[], afterMs: number): HistoryLine[] => {
  const gone = lines.find((line) => line.f === 'deliver' && line.roomId === 'r1' && line.seq === 5)
  const message = lines.find((line) => line.f === 'deliver' && line.roomId === 'r1' && line.seq === 6)
  if (gone === undefined || message?.f !== 'deliver') throw new Error('the usual run is another one')
  return [{ ...message, client: 'c3', userId: 'u3', t: gone.t + afterMs }]
}

test('S11 catches somebody who writes after they left', () => {
  const run = spoil({
    final: (final) =>
      changeEvents(
        final,
        ({ roomId, seq }) => roomId === 'r1' && seq === 6,
        (event) => ({ ...event, authorId: 'u3' }),
      ),
  })
  expect(brokenBy(run)).toContain('S11')
})

test('S11 catches somebody who is still shown the room long after they left', () => {
  const run = spoil({ lines: (lines) => [...lines, ...shownTo3(lines, 16_000)] })
  expect(brokenBy(run)).toContain('S11')
})

test('S11 allows what was on its way when they left', () => {
  const run = spoil({ lines: (lines) => [...lines, ...shownTo3(lines, 2_000)] })
  expect(brokenBy(run)).not.toContain('S11')
})
