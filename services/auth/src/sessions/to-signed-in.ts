import type { SignedIn } from '@our-now/contracts/auth.ts'
import type { StoredAccount } from '../accounts/account-store.ts'
import { signAccessToken } from '../tokens/access-token.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import type { StoredSession } from './session-store.ts'

/** Signs an access token and puts together what register, signIn and refresh answer. */
export type ToSignedIn = (
  account: Pick<StoredAccount, 'account' | 'displayName'>,
  session: StoredSession,
  refreshToken: string,
  now: number,
) => SignedIn

export function createToSignedIn(keys: KeyRing, accessMs: number): ToSignedIn {
  return ({ account, displayName }, session, refreshToken, now) => {
    const { accessToken, expiresAt } = signAccessToken(
      keys.signingKeys()[0],
      { userId: account.userId, sessionId: session.sessionId, isOperator: account.isOperator },
      { now, ttlMs: accessMs, notAfter: session.expiresAt },
    )
    return {
      account,
      displayName,
      sessionId: session.sessionId,
      accessToken,
      accessTokenExpiresAt: expiresAt,
      refreshToken,
      refreshTokenExpiresAt: session.tokenExpiresAt,
    }
  }
}
