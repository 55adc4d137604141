import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createPeriodic, type Periodic } from '../periodic.ts'
import type { GatewayServer } from './connection.ts'

const sweepMs = 1_000
/** A socket may be so late with its newer token. */
const graceMs = 30_000

/** Closes sockets whose access token ended without a newer one. One sweep for all: a timer each would cost memory. */
export function createCloseExpired({
  io,
  clock,
  log,
}: {
  io: GatewayServer
  clock: Clock
  log: Logger
}): Periodic {
  const sweep = (): void => {
    const endedBeforeMs = clock.now() - graceMs
    for (const socket of io.of('/').sockets.values()) {
      const { connectionId, expiresAtMs } = socket.data
      if (expiresAtMs > endedBeforeMs) continue
      log.info({ connectionId }, 'access token of a socket ended')
      socket.data.isRevoked = true
      socket.disconnect(true)
    }
  }
  return createPeriodic('expired sockets', sweep, { intervalMs: sweepMs, log })
}
