import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { requireOperator } from '../callers/require-operator.ts'
import { setRegistrationMode } from './registration-store.ts'

export function createSetRegistration(database: Database, log: Logger): AuthApi['setRegistration'] {
  return async (context, { mode }) => {
    const { userId } = await requireOperator(database, context)
    await database.transaction((trx) => setRegistrationMode(trx, mode))
    log.info({ operatorId: userId, mode }, 'registration mode set')
    return {}
  }
}
