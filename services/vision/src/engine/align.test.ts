import { expect, test } from 'vitest'
import { fitSimilarity, type Point } from './align.ts'
import { placeOf } from './picture.ts'

test('a turned, larger and moved template is found again', () => {
  const template: Point[] = [
    [10, 20],
    [40, 22],
    [25, 60],
  ]
  const place = { a: 1.8, b: 0.6, left: 30, top: -12 }
  const found = fitSimilarity(
    template,
    template.map(([u, v]) => placeOf(place, u, v)),
  )
  for (const key of ['a', 'b', 'left', 'top'] as const) expect(found[key]).toBeCloseTo(place[key], 9)
})
