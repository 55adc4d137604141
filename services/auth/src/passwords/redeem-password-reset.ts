import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { findAccount, setPasswordHash } from '../accounts/account-store.ts'
import { hashCode } from '../codes/one-time-code.ts'
import { deletePendingSignInsOf } from '../second-factor/pending-sign-in-store.ts'
import { endSessions, type AnnounceEnded } from '../sessions/end-sessions.ts'
import { lockSessionsOf } from '../sessions/session-store.ts'
import type { ThrottleAddress } from '../throttle/address-throttle.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { checkPassword } from './password-policy.ts'
import { findResetUser, takePasswordReset } from './password-reset-store.ts'

interface RedeemPasswordResetDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly hasher: PasswordHasher
  readonly throttleAddress: ThrottleAddress
  readonly announceEnded: AnnounceEnded
}

/** Sets a new password by a code and ends every session. A refused password leaves the code as it was. */
export function createRedeemPasswordReset(deps: RedeemPasswordResetDeps): AuthApi['redeemPasswordReset'] {
  const { database, clock, log, hasher, throttleAddress, announceEnded } = deps
  return async (context, { code, newPassword }) => {
    await throttleAddress(context)
    const codeHash = hashCode(code)
    const userId = await findResetUser(database.reader, codeHash, clock.now())
    const found = userId === undefined ? undefined : await findAccount(database.reader, userId)
    if (userId === undefined || found === undefined) throw new AppError('invite_not_found')
    checkPassword(newPassword, found.account.handle)

    const newHash = await hasher.hash(newPassword)
    const ended = await database.transaction(async (trx) => {
      const now = clock.now()
      const isTaken = await takePasswordReset(trx, codeHash, now)
      if (!isTaken) throw new AppError('invite_not_found')
      await setPasswordHash(trx, userId, newHash)
      await deletePendingSignInsOf(trx, userId)
      const sessions = await lockSessionsOf(trx, userId)
      await endSessions(trx, sessions, now)
      return sessions
    })
    announceEnded(ended)
    log.info({ userId }, 'password reset redeemed')
    return {}
  }
}
