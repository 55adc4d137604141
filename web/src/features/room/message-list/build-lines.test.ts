import type { OutboxEntry } from '@our-now/client/client.ts'
import type { Line } from '@our-now/client/room-view/timeline.ts'
import { describe, expect, test } from 'vitest'
import { buildLines, type LinesInput } from './build-lines.ts'
import type { Row } from './rows.ts'

const noon = new Date(2026, 0, 5, 12, 0, 0).getTime()
const minute = 60_000

const aLine = (seq: number, authorId: string, at = noon, extra: { deletedAt?: number } = {}): Line => ({
  kind: 'message',
  seq,
  message: {
    roomId: 'r',
    seq,
    ordinal: seq,
    authorId,
    clientMessageId: `c-${seq}`,
    sentAt: at,
    text: `text ${seq}`,
    ...extra,
  },
})
const aNotice = (seq: number, at = noon): Line => ({
  kind: 'notice',
  seq,
  event: { kind: 'room-renamed', roomId: 'r', seq, at, actorId: 'ada', name: 'x' },
})
const anEntry = (id: number, extra: Partial<OutboxEntry> = {}): OutboxEntry => ({
  clientMessageId: `p-${id}`,
  roomId: 'r',
  text: 'pending',
  createdAtMs: noon,
  position: id,
  state: 'queued',
  ...extra,
})
const build = (given: Partial<LinesInput>): readonly Row[] =>
  buildLines({
    lines: [],
    pending: [],
    myUserId: 'me',
    hasBefore: false,
    collapsedAuthors: new Set(),
    openedSeqs: new Set(),
    ...given,
  })
const kinds = (rows: readonly Row[]) => rows.map((row) => row.kind).join(' ')
const runs = (rows: readonly Row[]) =>
  rows.flatMap((row) =>
    row.kind === 'message' || row.kind === 'pending'
      ? [`${row.isFirst ? 'F' : '-'}${row.isLast ? 'L' : '-'}`]
      : [],
  )

describe('days', () => {
  test('a separator stands where a local day begins', () => {
    const lines = [aLine(1, 'ada'), aLine(2, 'ada', noon + minute), aLine(3, 'ada', noon + 24 * 60 * minute)]
    expect(kinds(build({ lines }))).toBe('day message message day message')
  })

  test('a pending message of a new day has its separator too', () => {
    const pending = [anEntry(1, { createdAtMs: noon + 24 * 60 * minute })]
    expect(kinds(build({ lines: [aLine(1, 'ada')], pending }))).toBe('day message day pending')
  })
})

describe('runs', () => {
  test('same person and same minute: name on the first, time on the last', () => {
    const lines = [aLine(1, 'ada'), aLine(2, 'ada', noon + 1_000), aLine(3, 'ada', noon + 59_000)]
    expect(runs(build({ lines }))).toEqual(['F-', '--', '-L'])
  })

  test('another person, another minute or a system line begins a new run', () => {
    const lines = [aLine(1, 'ada'), aLine(2, 'bob'), aLine(3, 'bob', noon + minute), aNotice(4)]
    expect(runs(build({ lines: [...lines, aLine(5, 'bob', noon + minute)] }))).toEqual([
      'FL',
      'FL',
      'FL',
      'FL',
    ])
  })

  test('what I am sending joins my run; what failed stands alone', () => {
    const pending = [anEntry(1), anEntry(2, { state: 'failed', failure: 'timeout' }), anEntry(3)]
    expect(runs(build({ lines: [aLine(1, 'me')], pending }))).toEqual(['F-', '-L', 'FL', 'FL'])
  })
})

describe('keys', () => {
  test('my message keeps its key when it becomes a line', () => {
    const entry = anEntry(1)
    const line = aLine(1, 'me')
    if (line.kind !== 'message') throw new Error('a message')
    const asLine: Line = { ...line, message: { ...line.message, clientMessageId: entry.clientMessageId } }
    expect(build({ pending: [entry] }).at(-1)?.key).toBe(build({ lines: [asLine] }).at(-1)?.key)
  })

  test('keys are unique, also when somebody else uses my client message id', () => {
    const line = aLine(1, 'me')
    const copy = aLine(2, 'eve')
    if (line.kind !== 'message' || copy.kind !== 'message') throw new Error('messages')
    const { clientMessageId } = line.message
    const rows = build({ lines: [line, { ...copy, message: { ...copy.message, clientMessageId } }] })
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
  })
})

describe('the divider', () => {
  test('stands before the first message of somebody else after it', () => {
    const lines = [aLine(1, 'ada'), aLine(2, 'me'), aNotice(3), aLine(4, 'ada'), aLine(5, 'ada')]
    expect(kinds(build({ lines, dividerAfterSeq: 1 }))).toBe(
      'day message message notice divider message message',
    )
  })

  test('is not drawn when nobody else wrote after it, or when its place is not loaded', () => {
    const lines = [aLine(5, 'ada'), aLine(6, 'me')]
    expect(kinds(build({ lines, dividerAfterSeq: 5 }))).not.toContain('divider')
    expect(kinds(build({ lines, dividerAfterSeq: 2, hasBefore: true }))).not.toContain('divider')
    expect(kinds(build({ lines, dividerAfterSeq: 2 }))).toContain('divider')
  })

  test('ends a run', () => {
    const lines = [aLine(1, 'ada'), aLine(2, 'ada')]
    expect(runs(build({ lines, dividerAfterSeq: 1 }))).toEqual(['FL', 'FL'])
  })
})

describe('people I block', () => {
  const lines = [aLine(1, 'eve'), aLine(2, 'eve'), aLine(3, 'ada'), aLine(4, 'eve')]
  const collapsedAuthors = new Set(['eve'])

  test('their messages collapse to one line per stretch', () => {
    const rows = build({ lines, collapsedAuthors })
    expect(kinds(rows)).toBe('day blocked message blocked')
    expect(rows[1]).toMatchObject({ count: 2, seq: 1 })
  })

  test('an opened stretch shows all of its messages, the others stay closed', () => {
    const rows = build({ lines, collapsedAuthors, openedSeqs: new Set([1]) })
    expect(kinds(rows)).toBe('day message message message blocked')
  })

  test('a deleted message needs no hiding', () => {
    const deleted = [aLine(1, 'eve', noon, { deletedAt: noon })]
    expect(kinds(build({ lines: deleted, collapsedAuthors }))).toBe('day message')
  })
})
