import { describe, expect, test } from 'vitest'
import { judgeRefresh } from './refresh-policy.ts'
import type { StoredSession } from './session-store.ts'

const session: StoredSession = {
  sessionId: 's',
  userId: 'u',
  deviceName: '',
  secondFactor: undefined,
  createdAt: 0,
  lastUsedAt: 1_000,
  tokenHash: 'current',
  previousTokenHash: 'previous',
  rotatedAt: 1_000,
  tokenExpiresAt: 10_000,
  expiresAt: 20_000,
}
const judge = (tokenHash: string, now: number) => judgeRefresh(session, tokenHash, { now, repeatMs: 500 })

describe('the verdict on a refresh token', () => {
  test('the one in force is current until it expires', () => {
    expect(judge('current', 9_999)).toBe('current')
    expect(judge('current', 10_000)).toBe('expired')
  })
  test('the one before may be repeated for a while', () => {
    expect(judge('previous', 1_500)).toBe('repeated')
    expect(judge('previous', 1_501)).toBe('reused')
  })
  test('an older one of the session is reused', () => {
    expect(judge('older', 1_000)).toBe('reused')
    expect(judge('older', 10_000)).toBe('expired')
  })
})
