import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { LeaseKeeper } from '../presence/lease-keeper.ts'
import type { LeaveCalls } from '../calls/leave-calls.ts'
import { bindCommands, type CommandDeps } from './bind-commands.ts'
import type { GatewayServer, GatewaySocket } from './connection.ts'
import { openConnection, type OpenConnectionDeps } from './open-connection.ts'

export interface AcceptDeps extends OpenConnectionDeps {
  readonly io: GatewayServer
  readonly commands: CommandDeps
  readonly leases: LeaseKeeper
  readonly leaveCalls: LeaveCalls
  readonly log: Logger
}

/** What happens with every authenticated socket, from its first moment to its last. */
export function acceptConnections(deps: AcceptDeps): void {
  deps.io.on('connection', (socket: GatewaySocket) => {
    // The first HTTP request is of no use any more and holds some KiB for as long as the socket lives.
    Reflect.set(socket.conn, 'request', null)
    bindCommands(socket, deps.commands)
    deps.leases.hold(socket.data)
    socket.on('disconnect', () => {
      deps.leases.release(socket.data)
      // It does not reject.
      if (socket.data.isRevoked) void deps.leaveCalls.leaveAll(socket.data)
      else deps.leaveCalls.noteClosed(socket.data)
    })
    openConnection(socket, deps).catch((error: unknown) => {
      // Without its rooms it would sit there deaf: the client tries again.
      deps.log.warn({ err: error, connectionId: socket.data.connectionId }, 'connection could not be opened')
      socket.disconnect(true)
    })
  })
}
