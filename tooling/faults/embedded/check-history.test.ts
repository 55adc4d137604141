import { expect, test } from 'vitest'
import { checkHistory, type ClientHistory, type LoggedRow } from './check-history.ts'

const row = (seq: number, id: string): LoggedRow => ({
  roomId: 'r',
  seq,
  authorId: 'ada',
  clientMessageId: id,
})
const log = [row(1, 'a'), row(2, 'b'), row(3, 'c')]
const client = (
  seqs: readonly (readonly [number, string])[],
  acked: readonly (readonly [string, number])[] = [],
): ClientHistory => ({
  name: 'ada',
  acked: new Map(acked.map(([id, seq]) => [id, { roomId: 'r', seq }])),
  applied: new Map([['r', seqs.map(([seq, clientMessageId]) => ({ seq, clientMessageId }))]]),
})
const whole = [
  [1, 'a'],
  [2, 'b'],
  [3, 'c'],
] as const

test('a whole history has nothing against it', () => {
  expect(checkHistory(log, [client(whole, [['b', 2]])])).toMatchObject({
    acked: 1,
    lost: 0,
    duplicated: 0,
    holes: 0,
    violations: [],
  })
})

test('an acknowledged message that is not there, or elsewhere, is lost', () => {
  expect(checkHistory(log, [client(whole, [['x', 4]])]).lost).toBe(1)
  expect(checkHistory(log, [client(whole, [['a', 2]])]).lost).toBe(1)
})

test('a message twice in the log or twice at a client is doubled', () => {
  expect(checkHistory([...log, row(4, 'a')], []).duplicated).toBe(1)
  expect(checkHistory(log, [client([...whole, [3, 'c']])]).duplicated).toBe(1)
})

test('a hole in the log, a missing tail, another event and a wrong order are holes', () => {
  expect(checkHistory([row(1, 'a'), row(3, 'c')], []).holes).toBe(1)
  expect(checkHistory(log, [client(whole.slice(0, 2))]).holes).toBe(1)
  expect(
    checkHistory(log, [
      client([
        [1, 'a'],
        [2, 'z'],
        [3, 'c'],
      ]),
    ]).holes,
  ).toBe(1)
  expect(
    checkHistory(log, [
      client([
        [1, 'a'],
        [3, 'c'],
        [2, 'b'],
      ]),
    ]).holes,
  ).toBe(1)
})
