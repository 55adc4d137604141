import { channels } from '@our-now/contracts/socket.ts'
import { socketsIn, type GatewayServer } from './connection.ts'

/** Closes the local socket of a window that has come back over another connection; only within the same session. */
export function closeReplaced(
  io: GatewayServer,
  { sessionId, connectionId }: { readonly sessionId: string; readonly connectionId: string },
): void {
  for (const socket of socketsIn(io, channels.session(sessionId)))
    if (socket.data.connectionId === connectionId) socket.disconnect(true)
}
