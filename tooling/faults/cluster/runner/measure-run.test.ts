import { expect, test } from 'vitest'
import type { HistoryLine } from '../history.ts'
import { measureRun } from './measure-run.ts'

const send = (t: number, type: 'invoke' | 'ok', op: string, roomId = 'r'): HistoryLine => ({
  t,
  client: 'c',
  userId: 'u',
  f: 'send',
  type,
  op,
  roomId,
})

test('the longest pause is the one of the room that waited longest, with what went on', () => {
  const measures = measureRun([
    { t: 0, f: 'phase', phase: 'faults' },
    send(10, 'invoke', '1'),
    send(20, 'ok', '1'),
    { t: 30, f: 'fault', type: 'start', fault: 'f1', kind: 'kill', target: 'chat-1' },
    send(40, 'invoke', '2', 'other'),
    send(50, 'ok', '2', 'other'),
    { t: 60, f: 'fault', type: 'stop', fault: 'f1', kind: 'kill', target: 'chat-1' },
    send(60, 'invoke', '3'),
    send(520, 'ok', '3'),
    { t: 530, f: 'phase', phase: 'healed' },
    send(900, 'invoke', '4'),
    send(910, 'ok', '4'),
  ])
  expect(measures).toEqual({
    ackP50Ms: 10,
    ackP99Ms: 460,
    healthyAckP50Ms: 10,
    healthyAckP99Ms: 10,
    longestPauseMs: 500,
    pausedBy: ['kill chat-1'],
    faultsByKind: { kill: 1 },
  })
})
