import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSealed, seal } from './sealed-box.ts'

test('a sealed box opens only with its key, for what it belongs to, unchanged', () => {
  const key = randomBytes(32)
  const box = seal(key, 'a person', Buffer.from('a secret'))
  expect(openSealed(key, 'a person', box).toString()).toBe('a secret')
  expect(box.includes('a secret')).toBe(false)
  expect(() => openSealed(key, 'another person', box)).toThrow()
  expect(() => openSealed(randomBytes(32), 'a person', box)).toThrow()
  expect(() => openSealed(key, 'a person', box.subarray(0, 20))).toThrow('cut off')
  for (const at of box.keys()) {
    const changed = Buffer.from(box)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => openSealed(key, 'a person', changed)).toThrow()
  }
})

test('the same is never sealed to the same bytes twice', () => {
  const key = randomBytes(32)
  expect(seal(key, 'a', Buffer.from('b')).equals(seal(key, 'a', Buffer.from('b')))).toBe(false)
})
