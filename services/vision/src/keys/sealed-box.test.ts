import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSealed, seal } from './sealed-box.ts'
import { createKeyWrapper, generateServiceKey, parseServiceKeys } from './service-key.ts'

test('a sealed box opens only with its key, for what it belongs to, unchanged', () => {
  const key = randomBytes(32)
  const box = seal(key, 'a person', Buffer.from('a face'))
  expect(openSealed(key, 'a person', box).toString()).toBe('a face')
  expect(box.includes('a face')).toBe(false)
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

test('a data key is unwrapped for its own person only', () => {
  const { wrap, unwrap } = createKeyWrapper(parseServiceKeys(generateServiceKey()))
  const dataKey = randomBytes(32)
  expect(unwrap('ada', wrap('ada', dataKey)).equals(dataKey)).toBe(true)
  expect(() => unwrap('ben', wrap('ada', dataKey))).toThrow()
})

test('a new service key wraps while the old ones still unwrap; without the old one nothing opens', () => {
  const [old, fresh] = [generateServiceKey(), generateServiceKey()]
  const wrapped = createKeyWrapper(parseServiceKeys(old)).wrap('ada', Buffer.alloc(32, 7))
  const both = createKeyWrapper(parseServiceKeys(fresh + old))
  expect(both.unwrap('ada', wrapped).equals(Buffer.alloc(32, 7))).toBe(true)
  const freshAlone = createKeyWrapper(parseServiceKeys(fresh))
  expect(() => freshAlone.unwrap('ada', wrapped)).toThrow('not in the key file')
  expect(freshAlone.unwrap('ada', both.wrap('ada', Buffer.alloc(32, 8))).equals(Buffer.alloc(32, 8))).toBe(
    true,
  )
})

test('a key file that is empty or too short is refused without being shown', () => {
  expect(() => parseServiceKeys('')).toThrow('exactly 32 bytes')
  expect(() => parseServiceKeys('c2hvcnQta2V5')).toThrow(/^(?!.*c2hvcnQ).*exactly 32 bytes/)
})
