import { createKeyLine, parseKeyLines } from '@our-now/platform/crypto/key-lines.ts'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeyWrapper } from './service-key.ts'

test('a data key is unwrapped for its own person only', () => {
  const { wrap, unwrap } = createKeyWrapper(parseKeyLines(createKeyLine()))
  const dataKey = randomBytes(32)
  expect(unwrap('ada', wrap('ada', dataKey)).equals(dataKey)).toBe(true)
  expect(() => unwrap('ben', wrap('ada', dataKey))).toThrow()
})

test('a new service key wraps while the old ones still unwrap; without the old one nothing opens', () => {
  const [old, fresh] = [createKeyLine(), createKeyLine()]
  const wrapped = createKeyWrapper(parseKeyLines(old)).wrap('ada', Buffer.alloc(32, 7))
  const both = createKeyWrapper(parseKeyLines(fresh + old))
  expect(both.unwrap('ada', wrapped).equals(Buffer.alloc(32, 7))).toBe(true)
  const freshAlone = createKeyWrapper(parseKeyLines(fresh))
  expect(() => freshAlone.unwrap('ada', wrapped)).toThrow('not in the key file')
  expect(freshAlone.unwrap('ada', both.wrap('ada', Buffer.alloc(32, 8))).equals(Buffer.alloc(32, 8))).toBe(
    true,
  )
})
