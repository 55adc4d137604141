import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { lockAccount } from '../accounts/account-store.ts'
import { requireUser } from '../callers/require-user.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import { createRecoveryCodes } from './recovery-code.ts'
import { replaceRecoveryCodes } from './recovery-code-store.ts'
import { findFactor, insertFactor } from './second-factor-store.ts'
import { deleteEnrolment, findEnrolment } from './totp-enrolment-store.ts'
import { findStep } from './totp.ts'

interface ConfirmTotpDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly keys: KeyRing
}

/** Turns the second factor on with the first code of its secret, and gives the recovery codes: never without them. */
export function createConfirmTotp({ database, clock, log, keys }: ConfirmTotpDeps): AuthApi['confirmTotp'] {
  return async (context, { code }) => {
    const { userId } = requireUser(context)
    const vault = keys.factorVault()
    const recoveryCodes = createRecoveryCodes()
    await database.transaction(async (trx) => {
      const now = clock.now()
      await lockAccount(trx, userId)
      if ((await findFactor(trx, userId)) !== undefined) throw new AppError('second_factor_on')
      const sealedSecret = await findEnrolment(trx, userId, now)
      if (sealedSecret === undefined) throw new AppError('second_factor_off')
      const usedStep = findStep(vault.openSecret(userId, sealedSecret), code, now)
      if (usedStep === undefined) throw new AppError('second_factor_wrong')
      await deleteEnrolment(trx, userId)
      await insertFactor(trx, userId, { sealedSecret, confirmedAt: now, usedStep })
      const hashes = recoveryCodes.map((recoveryCode) => vault.hashRecoveryCode(userId, recoveryCode))
      await replaceRecoveryCodes(trx, userId, hashes)
    })
    log.info({ userId }, 'second factor turned on')
    return { recoveryCodes }
  }
}
