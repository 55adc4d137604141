import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { listLiveSessions } from './session-store.ts'

export function createListSessions(database: Database, clock: Clock): AuthApi['listSessions'] {
  return async (context) => {
    const { userId, sessionId: currentId } = requireUser(context)
    const sessions = await listLiveSessions(database.reader, userId, clock.now())
    return {
      sessions: sessions.map(({ sessionId, deviceName, createdAt, lastUsedAt, secondFactor }) => ({
        sessionId,
        deviceName,
        createdAt,
        lastUsedAt,
        isCurrent: sessionId === currentId,
        ...(secondFactor === undefined ? {} : { secondFactor }),
      })),
    }
  }
}
