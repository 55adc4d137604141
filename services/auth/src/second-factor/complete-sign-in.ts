import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { findAccount, lockAccount } from '../accounts/account-store.ts'
import { hashCode } from '../codes/one-time-code.ts'
import type { AnnounceEnded } from '../sessions/end-sessions.ts'
import type { OpenSession } from '../sessions/open-session.ts'
import type { ToSignedIn } from '../sessions/to-signed-in.ts'
import type { ThrottleAddress } from '../throttle/address-throttle.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import type { FactorTries } from './factor-tries.ts'
import {
  deletePendingSignIn,
  findPendingSignIn,
  takeTry,
  type PendingSignIn,
} from './pending-sign-in-store.ts'
import { takeCode, type TypedFactor } from './take-code.ts'

interface CompleteSignInDeps {
  readonly database: Database
  readonly clock: Clock
  readonly keys: KeyRing
  readonly throttleAddress: ThrottleAddress
  readonly factorTries: FactorTries
  readonly openSession: OpenSession
  readonly announceEnded: AnnounceEnded
  readonly toSignedIn: ToSignedIn
}

/** The second step. A try counts from its beginning, so that many at once are no more than the few that are allowed. */
export function createCompleteSignIn(deps: CompleteSignInDeps): AuthApi['completeSignIn'] {
  const { database, clock, throttleAddress, factorTries } = deps
  return async (context, { pendingToken, way, code }) => {
    await throttleAddress(context)
    const tokenHash = hashCode(pendingToken)
    const pending = await findPendingSignIn(database.reader, tokenHash, clock.now())
    if (pending === undefined) throw new AppError('sign_in_ended')
    return factorTries(pending.userId, async () => {
      const isTaken = await database.transaction((trx) => takeTry(trx, tokenHash, clock.now()))
      if (!isTaken) throw new AppError('sign_in_ended')
      return complete(deps, tokenHash, pending, { way, code })
    })
  }
}

async function complete(
  { database, clock, keys, openSession, announceEnded, toSignedIn }: CompleteSignInDeps,
  tokenHash: string,
  { userId, deviceName, triesLeft }: PendingSignIn,
  typed: TypedFactor,
): Promise<Awaited<ReturnType<AuthApi['completeSignIn']>>> {
  const now = clock.now()
  const done = await database.transaction(async (trx) => {
    await lockAccount(trx, userId)
    // A password that was changed meanwhile has taken the pending sign-in away; so has whoever was quicker.
    const found = await findAccount(trx, userId)
    const isRight = found !== undefined && (await takeCode(trx, keys.factorVault(), userId, typed, now))
    if (!isRight) throw new AppError(triesLeft === 1 ? 'sign_in_ended' : 'second_factor_wrong')
    if (!(await deletePendingSignIn(trx, tokenHash))) throw new AppError('sign_in_ended')
    const opened = await openSession(trx, found.account, { deviceName, secondFactor: typed.way }, now)
    return { found, opened }
  })
  announceEnded(done.opened.ended)
  return toSignedIn(done.found, done.opened.session, done.opened.refreshToken, now)
}
