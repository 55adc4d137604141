import { AccessTokenClaims, accessTokenProfile } from '@our-now/contracts/access-token.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { isValid } from '@our-now/platform/validation/check-value.ts'
import jwt from 'jsonwebtoken'
import type { EndedSessions } from './ended-sessions.ts'
import type { FindSigningKey } from './signing-key-cache.ts'

/** Who an access token speaks for. */
interface Identity {
  readonly userId: string
  readonly sessionId: string
  readonly isOperator: boolean
  readonly expiresAtMs: number
}

/**
 * Believes an access token only if everything about it is as auth signs it.
 *
 * @throws {AppError} token_expired, session_ended; unauthenticated for everything else that is wrong with it
 */
export type VerifyAccessToken = (token: string) => Promise<Identity>

export function createVerifyAccessToken({
  findKey,
  endedSessions,
  clock,
}: {
  findKey: FindSigningKey
  endedSessions: EndedSessions
  clock: Clock
}): VerifyAccessToken {
  return async (token) => {
    const { kid, typ, alg } = headerOf(token)
    if (alg !== accessTokenProfile.algorithm || typ !== accessTokenProfile.type || kid === undefined)
      throw new AppError('unauthenticated')
    const key = await findKey(kid)
    if (key === undefined) throw new AppError('unauthenticated')
    const claims = verify(token, key, clock.now())
    if (!isValid(AccessTokenClaims, claims)) throw new AppError('unauthenticated')
    if (endedSessions.has(claims.sid)) throw new AppError('session_ended')
    return {
      userId: claims.sub,
      sessionId: claims.sid,
      isOperator: claims.op === true,
      expiresAtMs: claims.exp * 1000,
    }
  }
}

function headerOf(token: string): { kid?: string | undefined; typ?: string | undefined; alg?: string } {
  try {
    return jwt.decode(token, { complete: true })?.header ?? {}
  } catch {
    // Not even the form of a token: the caller refuses an empty header.
    return {}
  }
}

function verify(token: string, key: jwt.PublicKey, nowMs: number): unknown {
  try {
    return jwt.verify(token, key, {
      algorithms: [accessTokenProfile.algorithm],
      issuer: accessTokenProfile.issuer,
      audience: accessTokenProfile.audience,
      clockTimestamp: Math.floor(nowMs / 1000),
    })
  } catch (error) {
    throw new AppError(
      error instanceof jwt.TokenExpiredError ? 'token_expired' : 'unauthenticated',
      undefined,
      {
        cause: error,
      },
    )
  }
}
