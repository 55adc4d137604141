import type { TypedWay } from '@our-now/contracts/auth/second-factor.ts'
import type { Transaction } from '@our-now/platform/database/database.ts'
import type { FactorVault } from './factor-vault.ts'
import { takeRecoveryCode } from './recovery-code-store.ts'
import { findFactor, takeStep } from './second-factor-store.ts'
import { findStep } from './totp.ts'

export interface TypedFactor {
  readonly way: TypedWay
  readonly code: string
}

/** Uses a typed code up. @returns whether it was right and not used before; false for an account without a second factor */
export async function takeCode(
  trx: Transaction,
  vault: FactorVault,
  userId: string,
  { way, code }: TypedFactor,
  now: number,
): Promise<boolean> {
  if (way === 'recovery') return takeRecoveryCode(trx, userId, vault.knownRecoveryHashes(userId, code))
  const factor = await findFactor(trx, userId)
  if (factor === undefined) return false
  const step = findStep(vault.openSecret(userId, factor.sealedSecret), code, now)
  return step !== undefined && takeStep(trx, userId, step)
}
