/** An access token with its end on the local clock, made from its lifetime: the device's clock may be years off. */
export interface AccessToken {
  readonly value: string
  readonly receivedAtMs: number
  readonly expiresAtMs: number
}

export function toAccessToken(value: string, nowMs: number): AccessToken {
  return { value, receivedAtMs: nowMs, expiresAtMs: nowMs + lifetimeMs(value) }
}

/** From here on the token is renewed before it is used: at four fifths of its life. */
export const renewAtMs = (token: AccessToken): number =>
  token.receivedAtMs + (token.expiresAtMs - token.receivedAtMs) * 0.8

/** `exp − iat` of the JWT; 10 minutes when it cannot be read. */
function lifetimeMs(jwt: string): number {
  try {
    const payload = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const claims: unknown = JSON.parse(atob(payload))
    if (typeof claims === 'object' && claims !== null && 'exp' in claims && 'iat' in claims) {
      const seconds = Number(claims.exp) - Number(claims.iat)
      if (seconds > 0) return seconds * 1_000
    }
  } catch {
    // Not a JWT that we can read: the server knows, and tells when it has expired.
  }
  return 600_000
}
