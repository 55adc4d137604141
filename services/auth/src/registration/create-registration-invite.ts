import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireOperator } from '../callers/require-operator.ts'
import { createCode, hashCode } from '../codes/one-time-code.ts'
import { insertRegistrationInvite } from './registration-invite-store.ts'

const lifetimeMs = 7 * 24 * 3_600_000

export function createCreateRegistrationInvite(
  database: Database,
  clock: Clock,
): AuthApi['createRegistrationInvite'] {
  return async (context, { maxUses }) => {
    const { userId: createdBy } = await requireOperator(database, context)
    const code = createCode()
    const expiresAt = clock.now() + lifetimeMs
    await database.transaction((trx) =>
      insertRegistrationInvite(trx, { codeHash: hashCode(code), createdBy, maxUses, expiresAt }),
    )
    return { code, expiresAt, maxUses }
  }
}
