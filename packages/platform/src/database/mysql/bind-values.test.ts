import { naughtyStrings } from '@our-now/testkit/naughty-strings.ts'
import { format } from 'mysql2'
import { expect, test } from 'vitest'
import { bindValues } from './bind-values.ts'
import type { SqlValue } from './statement-queue.ts'

const others: readonly SqlValue[] = [
  0,
  -1.5,
  2n ** 60n,
  true,
  false,
  null,
  Buffer.from([0, 39, 92]),
  '?',
  "' ? '",
  '\\',
]

test('every value is bound as the driver binds it', () => {
  for (const value of [...naughtyStrings, ...others]) {
    const sql = 'insert into `rooms` (`a`, `b`) values (?, ?)'
    expect(bindValues(sql, [value, '?'])).toBe(format(sql, [value, '?']))
  }
})

test('marks in texts and comments are no marks', () => {
  for (const sql of ["select '?', ?", 'select ? -- ?', 'select /* ? */ ?', 'select "?", ?', 'select ? # ?'])
    expect(bindValues(sql, ['x'])).toBe(format(sql, ['x']))
})

test('a statement without values stays as it is', () => {
  expect(bindValues("select '?'", [])).toBe("select '?'")
})
