import { channels } from '@our-now/contracts/socket.ts'
import type { LeaveCalls } from '../calls/leave-calls.ts'
import type { EndedSessions } from '../tokens/ended-sessions.ts'
import { socketsIn, type GatewayServer } from './connection.ts'

/** Lets nobody use these sessions any more: their tokens are refused from now on, their sockets close, their calls end. */
export type EndSessions = (sessionIds: readonly string[]) => void

export function createEndSessions(
  io: GatewayServer,
  endedSessions: EndedSessions,
  leaveCalls: Pick<LeaveCalls, 'leaveClosed'>,
): EndSessions {
  return (sessionIds) => {
    endedSessions.note(sessionIds)
    leaveCalls.leaveClosed(sessionIds)
    for (const sessionId of sessionIds)
      for (const socket of socketsIn(io, channels.session(sessionId))) {
        socket.data.isRevoked = true
        socket.emit('session:ended', {})
        socket.disconnect(true)
      }
  }
}
