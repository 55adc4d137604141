import { expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { tellViolation } from './tell-violation.ts'
import { changeEvents, changeLines, spoil } from './test/judge.ts'

test('a lost message is told with its own lines and the faults that went on', () => {
  const { lines, final } = spoil({
    final: (given) =>
      changeEvents(
        given,
        ({ clientMessageId }) => clientMessageId === 'm2',
        () => undefined,
      ),
  })
  const [violation] = checkHistory(lines, final).violations
  if (violation === undefined) throw new Error('nothing was found')
  const told = tellViolation(violation, lines).split('\n')
  expect(told[0]).toMatch(/^S1: c2 was told .* m2/)
  expect(told[1]).toMatch(/in effect: kill redis$/)
  expect(told.slice(2).some((line) => line.includes('type=ok') && line.includes('id=m2'))).toBe(true)
  expect(told.slice(2).some((line) => line.includes('id=m5'))).toBe(false)
})

test('a hole in what a client was shown is told with what it was shown around it', () => {
  const { lines, final } = spoil({
    lines: changeLines(
      (line) => line.f === 'deliver' && line.client === 'c2' && line.roomId === 'r1' && line.seq === 3,
      () => undefined,
    ),
  })
  const [violation] = checkHistory(lines, final).violations
  if (violation === undefined) throw new Error('nothing was found')
  const told = tellViolation(violation, lines)
  expect(told).toMatch(/f=deliver client=c2|client=c2 f=deliver/)
  expect(told).not.toContain('roomId=r2')
})

test('what has no place in time is told in its sentence', () => {
  expect(tellViolation({ invariant: 'S12', sentence: '3 rows are left in the outbox' }, [])).toBe(
    'S12: 3 rows are left in the outbox\n',
  )
})
