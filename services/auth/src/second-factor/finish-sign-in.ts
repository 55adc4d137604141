import type { SignedIn } from '@our-now/contracts/auth.ts'
import type { SecondFactorWay } from '@our-now/contracts/auth/second-factor.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database, Transaction } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { findAccount, lockAccount } from '../accounts/account-store.ts'
import type { AnnounceEnded } from '../sessions/end-sessions.ts'
import type { OpenSession } from '../sessions/open-session.ts'
import type { ToSignedIn } from '../sessions/to-signed-in.ts'
import { deletePendingSignIn, type PendingSignIn } from './pending-sign-in-store.ts'

export interface FinishSignInDeps {
  readonly database: Database
  readonly clock: Clock
  readonly openSession: OpenSession
  readonly announceEnded: AnnounceEnded
  readonly toSignedIn: ToSignedIn
}

/**
 * Uses a pending sign-in up and opens its session, in one transaction with `check`.
 *
 * @param check  Throws where the second factor was not shown; then nothing is used up.
 * @throws {AppError} sign_in_ended when the sign-in is gone meanwhile: used, or the password changed
 */
export type FinishSignIn = (
  tokenHash: string,
  pending: PendingSignIn,
  way: SecondFactorWay,
  check?: (trx: Transaction) => Promise<void>,
) => Promise<SignedIn>

export function createFinishSignIn(deps: FinishSignInDeps): FinishSignIn {
  const { database, clock, openSession, announceEnded, toSignedIn } = deps
  return async (tokenHash, { userId, deviceName }, way, check) => {
    const now = clock.now()
    const { found, opened } = await database.transaction(async (trx) => {
      await lockAccount(trx, userId)
      await check?.(trx)
      const account = await findAccount(trx, userId)
      // A password that was changed meanwhile has taken the pending sign-in away; so has whoever was quicker.
      if (account === undefined || !(await deletePendingSignIn(trx, tokenHash)))
        throw new AppError('sign_in_ended')
      const session = { deviceName, secondFactor: way }
      return { found: account, opened: await openSession(trx, account.account, session, now) }
    })
    announceEnded(opened.ended)
    return toSignedIn(found, opened.session, opened.refreshToken, now)
  }
}
