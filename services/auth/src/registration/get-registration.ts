import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { hasAccounts } from '../accounts/account-store.ts'
import { findRegistrationMode } from './registration-store.ts'

export function createGetRegistration(database: Database): AuthApi['getRegistration'] {
  return async () => ({
    mode: await findRegistrationMode(database.reader),
    hasAccounts: await hasAccounts(database.reader),
  })
}
