import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createPeriodic, type Periodic } from '../periodic.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'

/** Asks auth again and again which sessions have ended, so that a lost push closes no door too late. */
export function createRevocationWatch({
  auth,
  intervalMs,
  log,
  onEnded,
}: {
  auth: Pick<AuthApi, 'revokedSince'>
  intervalMs: number
  log: Logger
  onEnded: (sessionIds: readonly string[]) => void
}): Periodic {
  let cursor = 0
  const ask = async (): Promise<void> => {
    for (let more = true; more;) {
      const answer = await auth.revokedSince({ traceId: createTraceId() }, { cursor })
      cursor = answer.cursor
      more = answer.more
      if (answer.sessionIds.length > 0) onEnded(answer.sessionIds)
    }
  }
  return createPeriodic('revoked sessions', ask, { intervalMs, jitter: 0.2, log })
}
