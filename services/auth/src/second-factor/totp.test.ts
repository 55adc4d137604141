import { expect, test } from 'vitest'
import { codeAt, findStep, stepAt, toKeyUri } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

test('the vectors of RFC 4226, appendix D', () => {
  const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871']
  for (const [count, code] of codes.entries()) expect(codeAt(secret, count)).toBe(code)
})

test('the SHA-1 vectors of RFC 6238, appendix B, of whose eight digits we show the last six', () => {
  const vectors = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const
  for (const [seconds, code] of vectors) expect(codeAt(secret, stepAt(seconds * 1_000))).toBe(code.slice(2))
})

test('a code counts in its own step, the one before and the one after, and no longer', () => {
  const atMs = 1_111_111_111_000
  const step = stepAt(atMs)
  const code = codeAt(secret, step)
  for (const seconds of [-30, 0, 30]) expect(findStep(secret, code, atMs + seconds * 1_000)).toBe(step)
  for (const seconds of [-60, 60]) expect(findStep(secret, code, atMs + seconds * 1_000)).toBeUndefined()
})

test('a code may be typed with a space, and nothing else is one', () => {
  const atMs = 59_000
  expect(findStep(secret, '287 082', atMs)).toBe(1)
  for (const typed of ['', '287083', '28708', '2870820', '２８７０８２', 'abcdef', '94287082'])
    expect(findStep(secret, typed, atMs)).toBeUndefined()
})

test('an app reads the key, whose it is and where', () => {
  expect(toKeyUri(secret, { issuer: 'Our Now (a.b:80)', handle: 'ada' })).toBe(
    'otpauth://totp/Our%20Now%20(a.b%3A80):ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
      '&issuer=Our%20Now%20(a.b%3A80)&algorithm=SHA1&digits=6&period=30',
  )
})
