import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { findAccountByHandle, lockAccount } from '../accounts/account-store.ts'
import { toHandle } from '../accounts/handle-policy.ts'
import { requireOperator } from '../callers/require-operator.ts'
import { createCode, hashCode } from '../codes/one-time-code.ts'
import type { ConfirmPassword } from './confirm-password.ts'
import { deletePasswordResetsOf, insertPasswordReset } from './password-reset-store.ts'

const lifetimeMs = 3_600_000

interface CreatePasswordResetDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly confirmPassword: ConfirmPassword
}

/**
 * Makes a code that sets a new password once within an hour. An earlier code of the account ends. The operator's own
 * password is asked for, so that their open screen alone opens nobody's account.
 */
export function createCreatePasswordReset({
  database,
  clock,
  log,
  confirmPassword,
}: CreatePasswordResetDeps): AuthApi['createPasswordReset'] {
  return async (context, request) => {
    const operator = await requireOperator(database, context)
    await confirmPassword(context, request.password)
    const found = await findAccountByHandle(database.reader, toHandle(request.handle))
    if (found === undefined) throw new AppError('user_not_found')
    const { userId } = found.account
    const code = createCode()
    const expiresAt = clock.now() + lifetimeMs
    await database.transaction(async (trx) => {
      // Of two made at once only the later one lives.
      await lockAccount(trx, userId)
      await deletePasswordResetsOf(trx, userId)
      await insertPasswordReset(trx, { codeHash: hashCode(code), userId, expiresAt })
    })
    log.info({ operatorId: operator.userId, userId }, 'password reset issued')
    return { code, expiresAt }
  }
}
