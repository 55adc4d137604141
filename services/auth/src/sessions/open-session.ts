import type { Account, SignedIn } from '@our-now/contracts/auth.ts'
import type { SecondFactorWay } from '@our-now/contracts/auth/second-factor.ts'
import type { Transaction } from '@our-now/platform/database/database.ts'
import { v7 as createId } from 'uuid'
import { toDeviceName } from '../accounts/display-name-policy.ts'
import { endSessions } from './end-sessions.ts'
import type { EndedSession } from './ended-session-store.ts'
import { createRefreshToken, hashRefreshToken } from './refresh-token.ts'
import { insertSession, lockSessionsOf, type StoredSession } from './session-store.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import type { TokenLifetimes } from './token-lifetimes.ts'

export interface OpenedSession {
  readonly session: StoredSession
  readonly refreshToken: SignedIn['refreshToken']
  /** Sessions that had to make room; announce them after the commit. */
  readonly ended: readonly EndedSession[]
}

interface OpenSessionDeps {
  readonly keys: KeyRing
  readonly lifetimes: TokenLifetimes
  /** With one more, the least recently used one ends. */
  readonly maxSessions: number
}

/** Begins a session of this account on a new device. */
export type OpenSession = (
  trx: Transaction,
  account: Account,
  device: { readonly deviceName: string; readonly secondFactor?: SecondFactorWay },
  now: number,
) => Promise<OpenedSession>

export function createOpenSession({ keys, lifetimes, maxSessions }: OpenSessionDeps): OpenSession {
  return async (trx, account, { deviceName, secondFactor }, now) => {
    const others = await lockSessionsOf(trx, account.userId)
    const ended = others.slice(0, Math.max(0, others.length - maxSessions + 1))
    await endSessions(trx, ended, now)

    const sessionId = createId()
    const refreshToken = createRefreshToken(keys.refreshKey(), sessionId)
    const session: StoredSession = {
      sessionId,
      userId: account.userId,
      deviceName: toDeviceName(deviceName),
      createdAt: now,
      lastUsedAt: now,
      tokenHash: hashRefreshToken(refreshToken),
      previousTokenHash: undefined,
      rotatedAt: now,
      tokenExpiresAt: now + Math.min(lifetimes.refreshMs, lifetimes.sessionMs),
      expiresAt: now + lifetimes.sessionMs,
      secondFactor,
    }
    await insertSession(trx, session)
    return { session, refreshToken, ended }
  }
}
