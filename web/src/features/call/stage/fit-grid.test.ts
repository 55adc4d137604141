import { expect, test } from 'vitest'
import { fitGrid, pageSizeOf, tileGapPx } from './fit-grid.ts'

const desktop = { width: 1424, height: 760 }
const phone = { width: 374, height: 640 }
const shape = (count: number, space: typeof desktop) => {
  const { columns, rows } = fitGrid(count, space)
  return `${columns}x${rows}`
}

test('a desktop shows 1, 2, 4, 9 and 16 in even rows', () => {
  expect([1, 2, 4, 9, 16].map((count) => shape(count, desktop))).toEqual(['1x1', '2x1', '2x2', '3x3', '4x4'])
})

test('a phone shows two columns, eight on a page', () => {
  expect([1, 2, 3, 4, 8].map((count) => shape(count, phone))).toEqual(['1x1', '1x2', '2x2', '2x2', '2x4'])
  expect(pageSizeOf(phone)).toBe(8)
})

test('nothing ever stands over the edge', () => {
  for (const space of [desktop, phone, { width: 340, height: 200 }, { width: 1000, height: 300 }])
    for (let count = 1; count <= pageSizeOf(space); count += 1) {
      const { columns, rows, width, height } = fitGrid(count, space)
      expect(columns * rows).toBeGreaterThanOrEqual(count)
      expect(columns * width + (columns - 1) * tileGapPx).toBeLessThanOrEqual(space.width)
      expect(rows * height + (rows - 1) * tileGapPx).toBeLessThanOrEqual(space.height)
    }
})

test('a stage without size is no fault', () => {
  expect(fitGrid(0, { width: 0, height: 0 })).toMatchObject({ width: 0, height: 0 })
})
