import { expect, test } from 'vitest'
import { toBase32 } from './base32.ts'

test('the vectors of RFC 4648, without their padding', () => {
  const vectors = {
    '': '',
    f: 'MY',
    fo: 'MZXQ',
    foo: 'MZXW6',
    foob: 'MZXW6YQ',
    fooba: 'MZXW6YTB',
    foobar: 'MZXW6YTBOI',
  }
  for (const [plain, encoded] of Object.entries(vectors)) expect(toBase32(Buffer.from(plain))).toBe(encoded)
})

test('high bytes do not leak into their neighbours', () => {
  expect(toBase32(Buffer.alloc(20, 0xff))).toBe('7'.repeat(32))
})
