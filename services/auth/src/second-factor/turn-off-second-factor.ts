import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database, Transaction } from '@our-now/platform/database/database.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { ConfirmPassword } from '../passwords/confirm-password.ts'
import { deletePendingSignInsOf } from './pending-sign-in-store.ts'
import { deleteRecoveryCodes } from './recovery-code-store.ts'
import { deleteFactor } from './second-factor-store.ts'
import { deleteEnrolment } from './totp-enrolment-store.ts'

interface TurnOffSecondFactorDeps {
  readonly database: Database
  readonly log: Logger
  readonly confirmPassword: ConfirmPassword
}

/** The password alone signs in from now on. Repeating it changes nothing. */
export function createTurnOffSecondFactor(deps: TurnOffSecondFactorDeps): AuthApi['turnOffSecondFactor'] {
  const { database, log, confirmPassword } = deps
  return async (context, { password }) => {
    const { userId } = (await confirmPassword(context, password)).account
    const wasOn = await database.transaction((trx) => removeSecondFactor(trx, userId))
    if (wasOn) log.info({ userId }, 'second factor turned off')
    return {}
  }
}

/** Takes everything of a second factor away. @returns whether it was on */
export async function removeSecondFactor(trx: Transaction, userId: string): Promise<boolean> {
  await lockAccount(trx, userId)
  await deleteEnrolment(trx, userId)
  await deletePendingSignInsOf(trx, userId)
  await deleteRecoveryCodes(trx, userId)
  return deleteFactor(trx, userId)
}
