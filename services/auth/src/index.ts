import type { Migration } from '@our-now/platform/database/database.ts'
import { outboxMigration } from '@our-now/platform/event-log/outbox.ts'
import { accountsAndSessions } from './migrations/0001-accounts-and-sessions.ts'
import { secondFactors } from './migrations/0002-second-factors.ts'
import { pendingSignIns } from './migrations/0003-pending-sign-ins.ts'

export { createAuth, type AuthDeps } from './service.ts'
export { AuthSettings, type AuthConfig } from './config.ts'

export const authMigrations: readonly Migration[] = [
  outboxMigration,
  accountsAndSessions,
  secondFactors,
  pendingSignIns,
]
