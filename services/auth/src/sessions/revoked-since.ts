import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { findHead, listEndedSessions } from './ended-session-store.ts'

const pageSize = 1000

/**
 * Sessions ended after a position. Only those whose access tokens may still be alive are kept, so starting at 0 is
 * complete. A position beyond the head is from another life of the database (a restored backup) and starts again at 0.
 */
export function createRevokedSince(database: Database): AuthApi['revokedSince'] {
  return async (_context, { cursor }) => {
    const head = await findHead(database.reader)
    const page = await listEndedSessions(database.reader, cursor > head ? 0 : cursor, pageSize + 1)
    const ended = page.slice(0, pageSize)
    const last = ended.at(-1)
    return {
      cursor: last?.position ?? head,
      sessionIds: ended.map(({ sessionId }) => sessionId),
      more: page.length > pageSize,
    }
  }
}
