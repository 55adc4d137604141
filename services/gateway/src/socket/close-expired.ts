import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createPeriodic, type Periodic } from '../periodic.ts'
import type { LeaveCalls } from '../calls/leave-calls.ts'
import type { GatewayServer } from './connection.ts'

const sweepMs = 500
/** A socket may be so late with its newer token. A call waits for none: its media stops within a second. */
const graceMs = 30_000

/**
 * Takes out of calls and, later, closes sockets whose access token ended without a newer one. One sweep for all: a timer
 * each would cost memory.
 */
export function createCloseExpired({
  io,
  leaveCalls,
  clock,
  log,
}: {
  io: GatewayServer
  leaveCalls: Pick<LeaveCalls, 'leaveAll'>
  clock: Clock
  log: Logger
}): Periodic {
  const sweep = (): void => {
    const now = clock.now()
    for (const socket of io.of('/').sockets.values()) {
      const { connectionId, expiresAtMs, callRoomIds } = socket.data
      if (expiresAtMs > now) continue
      // It does not reject.
      if (callRoomIds.size > 0) void leaveCalls.leaveAll(socket.data)
      if (expiresAtMs > now - graceMs) continue
      log.info({ connectionId }, 'access token of a socket ended')
      socket.data.isRevoked = true
      socket.disconnect(true)
    }
  }
  return createPeriodic('expired sockets', sweep, { intervalMs: sweepMs, log })
}
