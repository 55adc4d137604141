import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { deleteExpiredResets } from './passwords/password-reset-store.ts'
import { deleteExpiredInvites } from './registration/registration-invite-store.ts'
import { deleteEndedBefore } from './sessions/ended-session-store.ts'
import { deleteExpiredSessions } from './sessions/session-store.ts'

const intervalMs = 10 * 60_000

interface HousekeepingDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  /** The list of ended sessions is kept for as long as their access tokens may live. */
  readonly accessMs: number
}

export interface Housekeeping {
  /** Removes what has expired. Any replica may do it at any time. */
  run(): Promise<void>
  start(): void
  /** Waits for a run that has begun. */
  stop(): Promise<void>
}

export function createHousekeeping({ database, clock, log, accessMs }: HousekeepingDeps): Housekeeping {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const run = async (): Promise<void> => {
    const now = clock.now()
    await database.transaction(async (trx) => {
      await deleteExpiredSessions(trx, now)
      await deleteExpiredResets(trx, now)
      await deleteExpiredInvites(trx, now)
      await deleteEndedBefore(trx, now - 2 * accessMs)
    })
  }
  const tick = (): void => {
    running = run().catch((error: unknown) =>
      log.warn({ err: error }, 'housekeeping failed, next time again'),
    )
  }
  return {
    run,
    start: () => {
      tick()
      timer = setInterval(tick, intervalMs).unref()
    },
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
