import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { endSessions, type AnnounceEnded } from './end-sessions.ts'
import { lockSession } from './session-store.ts'

interface EndSessionDeps {
  readonly database: Database
  readonly clock: Clock
  readonly announceEnded: AnnounceEnded
}

/** Somebody else's session answers like one that does not exist. */
export function createEndSession({ database, clock, announceEnded }: EndSessionDeps): AuthApi['endSession'] {
  return async (context, { sessionId }) => {
    const { userId } = requireUser(context)
    const ended = await database.transaction(async (trx) => {
      const session = await lockSession(trx, sessionId)
      if (session?.userId !== userId) throw new AppError('not_found')
      await endSessions(trx, [session], clock.now())
      return session
    })
    announceEnded([ended])
    return {}
  }
}
