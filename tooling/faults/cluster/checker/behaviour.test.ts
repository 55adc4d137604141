import { expect, test } from 'vitest'
import type { HistoryLine, OperationLine } from '../history.ts'
import { brokenBy, changeLines, spoil } from './test/judge.ts'

const answer = (line: Partial<OperationLine>, t: number): HistoryLine[] => {
  const asked = { client: 'c1', userId: 'u1', op: 'x1', f: 'sync', roomId: 'r1', t, ...line } as const
  return [
    { ...asked, type: 'invoke' },
    { ...asked, t: t + 10, type: 'info' },
  ]
}
const withAnswer = (line: Partial<OperationLine>, t: number) =>
  spoil({ lines: (lines) => [...lines, ...answer(line, t)] })

/** A send that nobody else made, begun at 300, and how it ended. */
function withSend(end: Pick<OperationLine, 't' | 'type' | 'code' | 'isRetryable'>) {
  const send = {
    op: 'x1',
    f: 'send',
    roomId: 'r1',
    id: 'm50',
    hash: 'h50',
    client: 'c1',
    userId: 'u1',
  } as const
  return spoil({ lines: (lines) => [...lines, { ...send, t: 300, type: 'invoke' }, { ...send, ...end }] })
}

test('S14 catches a message refused for good to somebody who never left', () => {
  const run = withSend({ t: 301, type: 'fail', code: 'forbidden', isRetryable: false })
  expect(brokenBy(run)).toEqual(['S14'])
})

test('S14 catches a request refused for now when nothing is broken', () => {
  expect(brokenBy(withAnswer({ code: 'unavailable', isRetryable: true }, 100_000))).toEqual(['S14'])
})

test('S14 allows a request refused for now while something is broken', () => {
  expect(brokenBy(withAnswer({ code: 'unavailable', isRetryable: true }, 300))).toEqual([])
})

test('S14 catches a valid request called wrong, broken or not', () => {
  expect(brokenBy(withAnswer({ code: 'invalid_request', isRetryable: false }, 300))).toEqual(['S14'])
})

test('S14 catches a message that its device forgot', () => {
  const run = withSend({ t: 100_000, type: 'info', code: 'timeout', isRetryable: true })
  expect(brokenBy(run)).toEqual(['S14'])
})

const isLastSample = (line: HistoryLine) => line.f === 'sample' && line.t > 1_000
const inLastSample = (more: { fds?: number; connections?: number; cpuMs?: number }) =>
  spoil({ lines: changeLines(isLastSample, (line) => (line.f === 'sample' ? { ...line, ...more } : line)) })

test('S16 catches a process that keeps files open', () => {
  expect(brokenBy(inLastSample({ fds: 200 }))).toEqual(['S16'])
})

test('S16 catches a database that keeps connections', () => {
  expect(brokenBy(inLastSample({ connections: 90 }))).toEqual(['S16'])
})

test('S16 does not compare a process with the one it was before a restart', () => {
  expect(brokenBy(inLastSample({ fds: 200, cpuMs: 1 }))).toEqual([])
})
