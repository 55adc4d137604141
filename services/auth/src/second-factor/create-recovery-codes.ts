import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { ConfirmPassword } from '../passwords/confirm-password.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import { createRecoveryCodes } from './recovery-code.ts'
import { replaceRecoveryCodes } from './recovery-code-store.ts'
import { findFactor } from './second-factor-store.ts'

interface CreateRecoveryCodesDeps {
  readonly database: Database
  readonly log: Logger
  readonly keys: KeyRing
  readonly confirmPassword: ConfirmPassword
}

/** New recovery codes; those from before end. */
export function createCreateRecoveryCodes(deps: CreateRecoveryCodesDeps): AuthApi['createRecoveryCodes'] {
  const { database, log, keys, confirmPassword } = deps
  return async (context, { password }) => {
    const { userId } = (await confirmPassword(context, password)).account
    const vault = keys.factorVault()
    const recoveryCodes = createRecoveryCodes()
    const hashes = recoveryCodes.map((code) => vault.hashRecoveryCode(userId, code))
    await database.transaction(async (trx) => {
      await lockAccount(trx, userId)
      if ((await findFactor(trx, userId)) === undefined) throw new AppError('second_factor_off')
      await replaceRecoveryCodes(trx, userId, hashes)
    })
    log.info({ userId }, 'recovery codes made anew')
    return { recoveryCodes }
  }
}
