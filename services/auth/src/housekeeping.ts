import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { createLoop, type Loop } from '@our-now/platform/lifecycle/create-loop.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { deleteExpiredResets } from './passwords/password-reset-store.ts'
import { deleteExpiredPendingSignIns } from './second-factor/pending-sign-in-store.ts'
import { deleteExpiredEnrolments } from './second-factor/totp-enrolment-store.ts'
import { deleteExpiredInvites } from './registration/registration-invite-store.ts'
import { deleteEndedBefore } from './sessions/ended-session-store.ts'
import { deleteExpiredSessions } from './sessions/session-store.ts'

const intervalMs = 10 * 60_000

interface HousekeepingDeps {
  readonly database: Database
  readonly clock: Clock
  /** How long an access token lives, in ms: the list of ended sessions is kept for longer. */
  readonly accessMs: number
}

/** Removes what has expired. Any replica may do it at any time. */
export async function removeExpired({ database, clock, accessMs }: HousekeepingDeps): Promise<void> {
  const now = clock.now()
  await database.transaction(async (trx) => {
    await deleteExpiredSessions(trx, now)
    await deleteExpiredResets(trx, now)
    await deleteExpiredInvites(trx, now)
    await deleteExpiredPendingSignIns(trx, now)
    await deleteExpiredEnrolments(trx, now)
    await deleteEndedBefore(trx, now - 2 * accessMs)
  })
}

export function createHousekeeping(deps: HousekeepingDeps & { readonly log: Logger }): Loop {
  return createLoop({
    run: async () => {
      await removeExpired(deps)
      return false
    },
    idleMs: intervalMs,
    onError: (error, failures) => deps.log.warn({ err: error, failures }, 'housekeeping failed'),
  })
}
