import { expect, test } from 'vitest'
import type { HistoryLine } from '../history.ts'
import { brokenBy, changeEvents, changeLines, isAck, spoil } from './test/judge.ts'

const isRead = (line: HistoryLine, type: 'invoke' | 'ok') =>
  line.f === 'sync' && 'type' in line && line.type === type && line.client === 'c2'

test('S6 catches two sends of one device that changed places', () => {
  const swapped = new Map([
    ['m2', 'm3'],
    ['m3', 'm2'],
  ])
  const run = spoil({
    final: (final) =>
      changeEvents(
        final,
        ({ clientMessageId = '' }) => swapped.has(clientMessageId),
        (event) => ({ ...event, clientMessageId: swapped.get(event.clientMessageId ?? '') }),
      ),
  })
  expect(brokenBy(run)).toContain('S6')
})

test('S7 catches a message that stands after one sent when it was long acknowledged', () => {
  // The send of m1 begins, for all that is known, after m2 was acknowledged; m1 stands before it.
  const run = spoil({
    lines: changeLines(
      (line) => line.f === 'send' && 'id' in line && line.id === 'm1',
      (line) => ({ ...line, t: line.t + 150 }),
    ),
  })
  expect(brokenBy(run)).toEqual(['S7'])
})

test('S8 catches a read that does not show what was acknowledged before it', () => {
  const run = spoil({
    lines: changeLines(
      (line) => isRead(line, 'ok'),
      (line) => (line.f === 'sync' ? { ...line, head: 3 } : line),
    ),
  })
  expect(brokenBy(run)).toEqual(['S8'])
})

test('S8 catches a head that goes back for one client', () => {
  const run = spoil({
    lines: (lines) => {
      const later = lines
        .filter((line) => isRead(line, 'invoke') || isRead(line, 'ok'))
        .map((line) => ({ ...line, op: 'again', t: line.t + 0.5 }))
        .map((line) =>
          'type' in line && line.type === 'ok'
            ? { ...line, t: line.t + 9, head: 5 }
            : { ...line, t: line.t + 5 },
        )
      const acksLate = changeLines(isAck, (line) => ({ ...line, t: line.t + 9_000 }))
      return acksLate([...lines, ...later])
    },
  })
  expect(brokenBy(run)).toContain('S8')
})
