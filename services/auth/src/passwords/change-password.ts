import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { replacePasswordHash } from '../accounts/account-store.ts'
import { requireUser } from '../callers/require-user.ts'
import { deletePendingSignInsOf } from '../second-factor/pending-sign-in-store.ts'
import { endSessions, type AnnounceEnded } from '../sessions/end-sessions.ts'
import { lockSessionsOf } from '../sessions/session-store.ts'
import type { ConfirmPassword } from './confirm-password.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { checkPassword } from './password-policy.ts'
import { deletePasswordResetsOf } from './password-reset-store.ts'

interface ChangePasswordDeps {
  readonly database: Database
  readonly clock: Clock
  readonly hasher: PasswordHasher
  readonly confirmPassword: ConfirmPassword
  readonly announceEnded: AnnounceEnded
}

export function createChangePassword(deps: ChangePasswordDeps): AuthApi['changePassword'] {
  const { database, clock, hasher, confirmPassword, announceEnded } = deps
  return async (context, { currentPassword, newPassword }) => {
    const { userId, sessionId } = requireUser(context)
    const found = await confirmPassword(context, currentPassword)
    checkPassword(newPassword, found.account.handle)

    const change = { from: found.passwordHash, to: await hasher.hash(newPassword) }
    const ended = await database.transaction(async (trx) => {
      const isChanged = await replacePasswordHash(trx, userId, change)
      if (!isChanged) throw new AppError('credentials_wrong')
      await deletePasswordResetsOf(trx, userId)
      await deletePendingSignInsOf(trx, userId)
      const others = (await lockSessionsOf(trx, userId)).filter((other) => other.sessionId !== sessionId)
      await endSessions(trx, others, clock.now())
      return others
    })
    announceEnded(ended)
    return {}
  }
}
