import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { findAccountByHandle } from '../accounts/account-store.ts'
import { toHandle } from '../accounts/handle-policy.ts'
import { requireOperator } from '../callers/require-operator.ts'
import { removeSecondFactor } from './turn-off-second-factor.ts'

/** For somebody who lost phone and recovery codes: the operator has made sure who asks. Written into the log. */
export function createResetSecondFactor(database: Database, log: Logger): AuthApi['resetSecondFactor'] {
  return async (context, { handle }) => {
    const operator = await requireOperator(database, context)
    const found = await findAccountByHandle(database.reader, toHandle(handle))
    if (found === undefined) throw new AppError('user_not_found')
    const { userId } = found.account
    const wasOn = await database.transaction((trx) => removeSecondFactor(trx, userId))
    log.info({ operatorId: operator.userId, userId, wasOn }, 'second factor reset by the operator')
    return { wasOn }
  }
}
