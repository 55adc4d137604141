import { Type, type Static } from 'typebox'
import { SessionId, UserId } from './ids.ts'

/** What every access token must say of itself; auth signs so, gateways accept nothing else. */
export const accessTokenProfile = {
  algorithm: 'ES256',
  /** The JWT header's `typ` (RFC 9068). */
  type: 'at+jwt',
  issuer: 'our-now',
  audience: 'our-now',
} as const

const Seconds = Type.Integer({ minimum: 0, description: 'Seconds since the epoch.' })

/** The claims of an access token. */
export const AccessTokenClaims = Type.Object({
  iss: Type.Literal(accessTokenProfile.issuer),
  aud: Type.Literal(accessTokenProfile.audience),
  sub: UserId,
  sid: SessionId,
  jti: Type.String({ minLength: 1, maxLength: 36 }),
  iat: Seconds,
  exp: Seconds,
  /** There, and true, for the operator only. */
  op: Type.Optional(Type.Literal(true)),
})
export type AccessTokenClaims = Static<typeof AccessTokenClaims>
