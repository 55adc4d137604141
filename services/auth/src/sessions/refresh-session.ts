import type { AuthApi, SignedIn } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database, Transaction } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { findAccount } from '../accounts/account-store.ts'
import { endSessions, type AnnounceEnded } from './end-sessions.ts'
import { judgeRefresh } from './refresh-policy.ts'
import { hashRefreshToken, parseRefreshToken, successorOf, type ParsedRefreshToken } from './refresh-token.ts'
import { lockSession, rotateToken, type StoredSession } from './session-store.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import type { ToSignedIn } from './to-signed-in.ts'
import type { TokenLifetimes } from './token-lifetimes.ts'

interface RefreshDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly keys: KeyRing
  readonly lifetimes: TokenLifetimes
  readonly announceEnded: AnnounceEnded
  readonly toSignedIn: ToSignedIn
}

/** A session to go on with, or one that ends because a copy of its token came. */
type Outcome = { readonly signedIn: SignedIn } | { readonly reused: StoredSession } | undefined

/**
 * Swaps a refresh token for its one successor. Asked again with the same token it answers the same successor, until that
 * one is used or the time for repeats is over; after that somebody has a copy, and the session ends (RFC 9700, 4.14.2).
 */
export function createRefresh(deps: RefreshDeps): AuthApi['refresh'] {
  const { database, log, keys, announceEnded } = deps
  return async (_context, { refreshToken }) => {
    const token = parseRefreshToken(keys.refreshKey(), refreshToken)
    if (token === undefined) throw new AppError('session_ended')
    const outcome = await database.transaction((trx) => swap(trx, deps, { token, refreshToken }))
    if (outcome !== undefined && 'signedIn' in outcome) return outcome.signedIn
    if (outcome !== undefined) {
      const { sessionId, userId } = outcome.reused
      log.warn({ sessionId, userId }, 'refresh token reused, session ended')
      announceEnded([outcome.reused])
    }
    throw new AppError('session_ended')
  }
}

async function swap(
  trx: Transaction,
  { clock, keys, lifetimes, toSignedIn }: RefreshDeps,
  { token, refreshToken }: { token: ParsedRefreshToken; refreshToken: string },
): Promise<Outcome> {
  const now = clock.now()
  const session = await lockSession(trx, token.sessionId)
  const account = session && (await findAccount(trx, session.userId))
  if (session === undefined || account === undefined) return undefined

  const verdict = judgeRefresh(session, token.hash, { now, repeatMs: lifetimes.repeatMs })
  if (verdict === 'expired') return undefined
  if (verdict === 'reused') {
    await endSessions(trx, [session], now)
    return { reused: session }
  }
  const successor = successorOf(keys.refreshKey(), refreshToken)
  if (verdict === 'repeated') return { signedIn: toSignedIn(account, session, successor, now) }
  const tokenExpiresAt = Math.min(now + lifetimes.refreshMs, session.expiresAt)
  await rotateToken(trx, session, { hash: hashRefreshToken(successor), expiresAt: tokenExpiresAt, now })
  return { signedIn: toSignedIn(account, { ...session, tokenExpiresAt }, successor, now) }
}
