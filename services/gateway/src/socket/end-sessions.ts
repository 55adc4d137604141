import { channels } from '@our-now/contracts/socket.ts'
import type { EndedSessions } from '../tokens/ended-sessions.ts'
import { socketsIn, type GatewayServer } from './connection.ts'

/** Lets nobody use these sessions any more: their tokens are refused from now on and their sockets close. */
export type EndSessions = (sessionIds: readonly string[]) => void

export function createEndSessions(io: GatewayServer, endedSessions: EndedSessions): EndSessions {
  return (sessionIds) => {
    endedSessions.note(sessionIds)
    for (const sessionId of sessionIds)
      for (const socket of socketsIn(io, channels.session(sessionId))) {
        socket.data.isRevoked = true
        socket.emit('session:ended', {})
        socket.disconnect(true)
      }
  }
}
