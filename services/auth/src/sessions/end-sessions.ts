import { channels } from '@our-now/contracts/socket.ts'
import type { Transaction } from '@our-now/platform/database/database.ts'
import { appendToOutbox } from '@our-now/platform/event-log/outbox.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { appendEndedSessions, type EndedSession } from './ended-session-store.ts'
import { deleteSessions } from './session-store.ts'

/**
 * Ends sessions: their refresh tokens are gone with the commit, gateways find them in the list of ended sessions, and
 * other services learn it by event. Tell the sockets after the commit (`AnnounceEnded`).
 */
export async function endSessions(
  trx: Transaction,
  ended: readonly EndedSession[],
  now: number,
): Promise<void> {
  if (ended.length === 0) return
  await deleteSessions(
    trx,
    ended.map(({ sessionId }) => sessionId),
  )
  await appendEndedSessions(trx, ended, now)
  await appendToOutbox(
    trx,
    ended.map(({ userId, sessionId }) => ({
      type: 'auth.session-ended.v1',
      key: userId,
      data: { userId, sessionId },
    })),
    now,
  )
}

/** Closes the sockets of ended sessions at once. A hint: gateways also follow `revokedSince`. */
export type AnnounceEnded = (ended: readonly EndedSession[]) => void

export function createAnnounceEnded(hub: SocketHub, nudgeRelay: () => void): AnnounceEnded {
  return (ended) => {
    for (const { sessionId } of ended)
      hub.publish(channels.session(sessionId), 'session:ended', { sessionIds: [sessionId] })
    if (ended.length > 0) nudgeRelay()
  }
}
