import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { findAccount } from '../accounts/account-store.ts'
import { requireUser } from './require-user.ts'

/**
 * Asks the database, not the token: what was taken away counts at once.
 *
 * @throws {AppError} unauthenticated when the call is anonymous; forbidden when the caller is not the operator.
 */
export async function requireOperator(database: Database, context: CallContext): Promise<{ userId: string }> {
  const { userId } = requireUser(context)
  const found = await findAccount(database.reader, userId)
  if (found?.account.isOperator !== true) throw new AppError('forbidden')
  return { userId }
}
