import type { Message } from '@our-now/contracts/rooms.ts'
import { describe, expect, test } from 'vitest'
import { reuseBlocks, toBlocks } from './blocks.ts'
import { reuseRows } from './reuse-rows.ts'
import { isWhole, toRevealed, widen, windowOf } from './reveal.ts'
import type { MessageRow, Row } from './rows.ts'

const aMessage = (seq: number): Message => ({
  roomId: 'r',
  seq,
  ordinal: seq,
  authorId: 'ada',
  clientMessageId: `c-${seq}`,
  sentAt: 0,
  text: 'x',
})
const messages = Array.from({ length: 100 }, (_, index) => aMessage(index))
const aRow = (seq: number): MessageRow => ({
  kind: 'message',
  key: `seq-${seq}`,
  message: messages[seq] ?? aMessage(seq),
  isMine: false,
  isFirst: true,
  isLast: true,
})
const from = (first: number, last: number): Row[] =>
  Array.from({ length: last - first + 1 }, (_, index) => aRow(first + index))
const aDay: Row = { kind: 'day', key: 'day-1', at: 0 }

describe('blocks', () => {
  test('older and newer rows leave every row in its block', () => {
    const few = toBlocks(from(30, 60), 100)
    const more = toBlocks(from(11, 90), 100)
    const blockOf = (blocks: typeof few, key: string) =>
      blocks.find((block) => block.rows.some((row) => row.key === key))?.key
    for (const row of from(30, 60)) expect(blockOf(few, row.key)).toBe(blockOf(more, row.key))
  })

  test('a new day goes with the row after it', () => {
    const blocks = toBlocks([...from(14, 15), aDay, ...from(16, 17)], 100)
    expect(blocks.map((block) => block.rows.map((row) => row.key))).toEqual([
      ['seq-14', 'seq-15'],
      ['day-1', 'seq-16', 'seq-17'],
    ])
  })

  test('what comes in after the room was opened stays together with what I am sending', () => {
    const pending: Row = {
      kind: 'pending',
      key: 'own-1',
      entry: {
        clientMessageId: '1',
        roomId: 'r',
        text: 'x',
        createdAtMs: 0,
        position: 1,
        state: 'queued',
      },
      isFirst: true,
      isLast: true,
    }
    const blocks = toBlocks([...from(48, 50), ...from(51, 90), pending], 50)
    expect(blocks.at(-1)).toMatchObject({ key: 'live-0', isLive: true })
    expect(blocks.at(-1)?.rows).toHaveLength(41)
    expect(toBlocks([pending], 50)[0]?.key).toBe('live-0')
  })

  test('a block whose rows did not change stays the same object', () => {
    const before = toBlocks(from(0, 30), 100)
    const rows = reuseRows(
      before.flatMap((block) => block.rows),
      from(0, 40),
    )
    const after = reuseBlocks(before, toBlocks(rows, 100))
    expect(after[0]).toBe(before[0])
    expect(after.at(-1)).not.toBe(before.at(-1))
  })
})

describe('rows that did not change', () => {
  test('stay the same objects, and the same list when none did', () => {
    const before = from(0, 5)
    expect(reuseRows(before, from(0, 5))).toBe(before)
    const changed = reuseRows(before, [...from(0, 4), { ...aRow(5), isLast: false }])
    expect(changed[4]).toBe(before[4])
    expect(changed[5]).not.toBe(before[5])
  })
})

describe('revealing', () => {
  const keys = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => `b-${first + index}`)

  test('the first page and a jump are whole at once', () => {
    expect(windowOf(keys(0, 9), undefined)).toEqual({ from: 0, to: 10 })
    expect(windowOf(keys(50, 59), { firstKey: 'b-0', lastKey: 'b-9' })).toEqual({ from: 0, to: 10 })
  })

  test('a page above grows block by block until it is whole', () => {
    const all = keys(0, 19)
    let window = windowOf(all, { firstKey: 'b-10', lastKey: 'b-19' })
    expect(window).toEqual({ from: 10, to: 20 })
    let frames = 0
    while (!isWhole(all, window)) {
      window = windowOf(all, toRevealed(all, widen(all, window)))
      frames += 1
    }
    expect(frames).toBeLessThanOrEqual(10)
  })

  test('what comes live is drawn at once; an end that was dropped has nothing beyond it', () => {
    expect(windowOf(keys(0, 11), { firstKey: 'b-0', lastKey: 'b-10' })).toEqual({ from: 0, to: 12 })
    expect(windowOf(keys(5, 30), { firstKey: 'b-0', lastKey: 'b-10' })).toEqual({ from: 0, to: 6 })
  })
})
