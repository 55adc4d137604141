import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { findAccount, type StoredAccount } from '../accounts/account-store.ts'
import { requireUser } from '../callers/require-user.ts'
import type { ThrottleAddress } from '../throttle/address-throttle.ts'
import type { VerifyPassword } from './verify-password.ts'

/**
 * Makes sure that whoever is signed in knows the password too, before something is changed that guards the account.
 *
 * @throws {AppError} unauthenticated, credentials_wrong, rate_limited
 */
export type ConfirmPassword = (context: CallContext, password: string) => Promise<StoredAccount>

interface ConfirmPasswordDeps {
  readonly database: Database
  readonly throttleAddress: ThrottleAddress
  readonly verifyPassword: VerifyPassword
}

export function createConfirmPassword(deps: ConfirmPasswordDeps): ConfirmPassword {
  const { database, throttleAddress, verifyPassword } = deps
  return async (context, password) => {
    const { userId } = requireUser(context)
    await throttleAddress(context)
    const found = await findAccount(database.reader, userId)
    if (found === undefined) throw new AppError('unauthenticated')
    const isRight = await verifyPassword(userId, found.passwordHash, password)
    if (!isRight) throw new AppError('credentials_wrong')
    return found
  }
}
