import type { StoredSession } from './session-store.ts'

/**
 * What a presented refresh token is to its session:
 * - `current`: in force; its use puts its successor into force.
 * - `repeated`: the one before, asked again (a lost reply, a second tab) while its successor is still unused.
 * - `reused`: an older one, or the one before when it is too late. Somebody has a copy.
 * - `expired`: the session was not used for too long.
 */
export type RefreshVerdict = 'current' | 'repeated' | 'reused' | 'expired'

/**
 * @param tokenHash  Of a token that was made for this session.
 * @param repeatMs   How long after the swap the old token may be repeated, in ms.
 */
export function judgeRefresh(
  session: StoredSession,
  tokenHash: string,
  { now, repeatMs }: { now: number; repeatMs: number },
): RefreshVerdict {
  if (now >= session.tokenExpiresAt) return 'expired'
  if (tokenHash === session.tokenHash) return 'current'
  const isPrevious = tokenHash === session.previousTokenHash
  return isPrevious && now - session.rotatedAt <= repeatMs ? 'repeated' : 'reused'
}
