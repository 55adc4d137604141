import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import { endSessions, type AnnounceEnded } from './end-sessions.ts'
import { parseRefreshToken } from './refresh-token.ts'
import { lockSession } from './session-store.ts'

interface SignOutDeps {
  readonly database: Database
  readonly clock: Clock
  readonly keys: KeyRing
  readonly announceEnded: AnnounceEnded
}

/** Ends the session by any refresh token it ever had. What is no token of ours changes nothing. */
export function createSignOut({ database, clock, keys, announceEnded }: SignOutDeps): AuthApi['signOut'] {
  return async (_context, { refreshToken }) => {
    const token = parseRefreshToken(keys.refreshKey(), refreshToken)
    if (token === undefined) return {}
    const ended = await database.transaction(async (trx) => {
      const session = await lockSession(trx, token.sessionId)
      if (session === undefined) return []
      await endSessions(trx, [session], clock.now())
      return [session]
    })
    announceEnded(ended)
    return {}
  }
}
