import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { findAccountByHandle } from '../accounts/account-store.ts'
import { toHandle } from '../accounts/handle-policy.ts'
import { requireOperator } from '../callers/require-operator.ts'
import type { ConfirmPassword } from '../passwords/confirm-password.ts'
import { removeSecondFactor } from './turn-off-second-factor.ts'

interface ResetSecondFactorDeps {
  readonly database: Database
  readonly log: Logger
  readonly confirmPassword: ConfirmPassword
}

/**
 * For somebody who lost phone and recovery codes: the operator has made sure who asks, and gives their password, so that
 * their open screen alone opens nobody's account. Written into the log.
 */
export function createResetSecondFactor(deps: ResetSecondFactorDeps): AuthApi['resetSecondFactor'] {
  const { database, log, confirmPassword } = deps
  return async (context, { handle, password }) => {
    const operator = await requireOperator(database, context)
    await confirmPassword(context, password)
    const found = await findAccountByHandle(database.reader, toHandle(handle))
    if (found === undefined) throw new AppError('user_not_found')
    const { userId } = found.account
    const wasOn = await database.transaction((trx) => removeSecondFactor(trx, userId))
    log.info({ operatorId: operator.userId, userId, wasOn }, 'second factor reset by the operator')
    return { wasOn }
  }
}
