import { accessTokenProfile, type AccessTokenClaims } from '@our-now/contracts/access-token.ts'
import jwt from 'jsonwebtoken'
import { randomUUID } from 'node:crypto'
import type { SigningKey } from './signing-keys.ts'

interface AccessTokenSubject {
  readonly userId: string
  readonly sessionId: string
  readonly isOperator: boolean
}

export interface IssuedAccessToken {
  readonly accessToken: string
  /** Whole seconds, in ms since the epoch. */
  readonly expiresAt: number
}

/**
 * Signs an access token (ES256).
 *
 * @param notAfter  It never outlives this instant (the end of its session), in ms.
 */
export function signAccessToken(
  key: SigningKey,
  subject: AccessTokenSubject,
  { now, ttlMs, notAfter }: { now: number; ttlMs: number; notAfter: number },
): IssuedAccessToken {
  const exp = Math.floor(Math.min(now + ttlMs, notAfter) / 1000)
  const claims: AccessTokenClaims = {
    iss: accessTokenProfile.issuer,
    aud: accessTokenProfile.audience,
    sub: subject.userId,
    sid: subject.sessionId,
    jti: randomUUID(),
    iat: Math.floor(now / 1000),
    exp,
    ...(subject.isOperator ? { op: true as const } : {}),
  }
  const header = { alg: accessTokenProfile.algorithm, typ: accessTokenProfile.type, kid: key.kid }
  const accessToken = jwt.sign(claims, key.privateKey, { algorithm: accessTokenProfile.algorithm, header })
  return { accessToken, expiresAt: exp * 1000 }
}
