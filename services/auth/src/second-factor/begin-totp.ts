import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { randomBytes } from 'node:crypto'
import { lockAccount } from '../accounts/account-store.ts'
import type { ConfirmPassword } from '../passwords/confirm-password.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import { toBase32 } from './base32.ts'
import { findFactor } from './second-factor-store.ts'
import { replaceEnrolment } from './totp-enrolment-store.ts'
import { toKeyUri } from './totp.ts'

/** As long as HMAC-SHA-1's output, which RFC 4226 recommends. */
const secretBytes = 20
const lifetimeMs = 15 * 60_000
const issuer = 'Our Now'

interface BeginTotpDeps {
  readonly database: Database
  readonly clock: Clock
  readonly keys: KeyRing
  readonly confirmPassword: ConfirmPassword
}

/** Makes a secret for an authenticator app. Nothing is on before a code of it was typed. */
export function createBeginTotp({
  database,
  clock,
  keys,
  confirmPassword,
}: BeginTotpDeps): AuthApi['beginTotp'] {
  return async (context, { password }) => {
    const { account } = await confirmPassword(context, password)
    const { userId, handle } = account
    const secret = randomBytes(secretBytes)
    const expiresAt = clock.now() + lifetimeMs
    await database.transaction(async (trx) => {
      await lockAccount(trx, userId)
      if ((await findFactor(trx, userId)) !== undefined) throw new AppError('second_factor_on')
      const sealedSecret = keys.factorVault().sealSecret(userId, secret)
      await replaceEnrolment(trx, userId, { sealedSecret, expiresAt })
    })
    return { secret: toBase32(secret), keyUri: toKeyUri(secret, { issuer, handle }), expiresAt }
  }
}
