import { expect, test } from 'vitest'
import { goodRun } from './test/good-run.ts'
import { brokenBy, changeEvents, changeLines, isAck, spoil } from './test/judge.ts'

test('a run in which every promise is kept breaks none', () => {
  expect(brokenBy(goodRun())).toEqual([])
})

test('S1 catches an acknowledged message that is not in the log', () => {
  const run = spoil({
    final: (final) => ({
      ...changeEvents(
        final,
        ({ clientMessageId }) => clientMessageId === 'm1',
        (event) => ({ ...event, clientMessageId: undefined, kind: 'room-renamed' }),
      ),
    }),
  })
  expect(brokenBy(run)).toContain('S1')
})

test('S1 catches a message acknowledged at another place than it has', () => {
  const run = spoil({
    lines: changeLines(isAck, (line) => (isAck(line) && line.id === 'm1' ? { ...line, seq: 3 } : line)),
  })
  expect(brokenBy(run)).toContain('S1')
})

test('S1 and S2 catch a stored text that is not the one sent', () => {
  const run = spoil({
    final: (final) =>
      changeEvents(
        final,
        ({ clientMessageId }) => clientMessageId === 'm2',
        (event) => ({ ...event, hash: 'other' }),
      ),
  })
  expect(brokenBy(run)).toEqual(expect.arrayContaining(['S1', 'S2']))
})

test('S2 catches a message that nobody sent', () => {
  const run = spoil({
    lines: changeLines(
      (line) => 'id' in line && line.f === 'send' && line.id === 'm4',
      () => undefined,
    ),
  })
  expect(brokenBy(run)).toContain('S2')
})

test('S3 catches a message that is in the log twice', () => {
  const run = spoil({
    final: ({ events }) => ({
      events: [
        ...events,
        { ...of(events, 'm1'), seq: events.filter(({ roomId }) => roomId === 'r1').length + 1 },
      ],
    }),
  })
  expect(brokenBy(run)).toContain('S3')
})

test('S3 catches two answers to one id that disagree', () => {
  const run = spoil({
    lines: (lines) =>
      lines.flatMap((line) => (isAck(line) && line.id === 'm1' ? [line, { ...line, seq: 3 }] : line)),
  })
  expect(brokenBy(run)).toContain('S3')
})

test('S9 catches a message never answered that is in the log twice', () => {
  const run = spoil({
    final: ({ events }) => ({
      events: [
        ...events,
        { ...of(events, 'm6'), seq: events.filter(({ roomId }) => roomId === 'r1').length + 1 },
      ],
    }),
  })
  expect(brokenBy(run)).toContain('S9')
  expect(brokenBy(run)).not.toContain('S3')
})

test('S3 catches a text that was written again under another id', () => {
  const run = spoil({
    final: (final) =>
      changeEvents(
        final,
        ({ clientMessageId }) => clientMessageId === 'm3',
        (event) => ({ ...event, hash: 'h2' }),
      ),
  })
  expect(brokenBy(run)).toContain('S3')
})

test('S4 catches a number that no event has', () => {
  const run = spoil({
    final: (final) =>
      changeEvents(
        final,
        ({ roomId, seq }) => roomId === 'r2' && seq === 1,
        () => undefined,
      ),
  })
  expect(brokenBy(run)).toContain('S4')
})

test('S4 catches a room whose last number is not that of its last event', () => {
  const run = spoil({
    final: ({ rooms }) => ({ rooms: rooms.map((room) => ({ ...room, lastSeq: room.lastSeq + 1 })) }),
  })
  expect(brokenBy(run)).toContain('S4')
})

test('S4 catches two rows with one number', () => {
  const run = spoil({
    final: ({ events }) => ({ events: [...events, { ...of(events, 'm1'), clientMessageId: 'm99' }] }),
  })
  expect(brokenBy(run)).toContain('S4')
})

test('S4 catches messages counted with a hole', () => {
  const run = spoil({
    final: ({ rooms }) => ({ rooms: rooms.map((room) => ({ ...room, lastOrdinal: room.lastOrdinal + 1 })) }),
  })
  expect(brokenBy(run)).toContain('S4')
})

function of(events: ReturnType<typeof goodRun>['final']['events'], id: string) {
  const found = events.find(({ clientMessageId }) => clientMessageId === id)
  if (found === undefined) throw new Error(`there is no ${id}`)
  return found
}
