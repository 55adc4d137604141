import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createRefreshToken, hashRefreshToken, parseRefreshToken, successorOf } from './refresh-token.ts'

const key = randomBytes(32)
const sessionId = '01981f2e-7c6b-7abc-8def-0123456789ab'

test('a token names its session and fits the contract', () => {
  const token = createRefreshToken(key, sessionId)
  expect(parseRefreshToken(key, token)).toEqual({ sessionId, hash: hashRefreshToken(token) })
  expect(token.length).toBe(86)
  expect(createRefreshToken(key, sessionId)).not.toBe(token)
})

test('a token has one successor, which is another token of the same session', () => {
  const token = createRefreshToken(key, sessionId)
  const successor = successorOf(key, token)
  expect(successorOf(key, token)).toBe(successor)
  expect(successor).not.toBe(token)
  expect(parseRefreshToken(key, successor)?.sessionId).toBe(sessionId)
})

test('what was changed anywhere, or made with another key, is no token', () => {
  const token = createRefreshToken(key, sessionId)
  const changed = Array.from({ length: 64 }, (_, index) => {
    const bytes = Buffer.from(token, 'base64url')
    bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index)
    return bytes.toString('base64url')
  })
  const others = ['', 'x', `${token}A`, token.slice(1), createRefreshToken(randomBytes(32), sessionId)]
  for (const wrong of [...changed, ...others]) expect(parseRefreshToken(key, wrong)).toBeUndefined()
})
