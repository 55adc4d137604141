import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import {
  findAccountByHandle,
  lockAccountWithHash,
  replacePasswordHash,
  type StoredAccount,
} from '../accounts/account-store.ts'
import { toHandle } from '../accounts/handle-policy.ts'
import type { VerifyPassword } from '../passwords/verify-password.ts'
import type { PasswordHasher } from '../passwords/password-hasher.ts'
import type { ThrottleAddress } from '../throttle/address-throttle.ts'
import { beginSecondStep } from '../second-factor/begin-second-step.ts'
import type { OffersFace } from '../second-factor/face-way.ts'
import type { SecondFactorRequired } from '@our-now/contracts/auth/second-factor.ts'
import type { AnnounceEnded } from './end-sessions.ts'
import type { OpenedSession, OpenSession } from './open-session.ts'
import type { ToSignedIn } from './to-signed-in.ts'

interface SignInDeps {
  readonly database: Database
  readonly clock: Clock
  readonly hasher: PasswordHasher
  readonly throttleAddress: ThrottleAddress
  readonly verifyPassword: VerifyPassword
  readonly offersFace: OffersFace
  readonly openSession: OpenSession
  readonly announceEnded: AnnounceEnded
  readonly toSignedIn: ToSignedIn
}

/**
 * An unknown id and a wrong password answer alike: same code, same work, same delays. Whether an account has a second
 * factor learns only who knows its password.
 */
export function createSignIn(deps: SignInDeps): AuthApi['signIn'] {
  const { database, clock, throttleAddress, verifyPassword, announceEnded, toSignedIn } = deps
  return async (context, request) => {
    await throttleAddress(context)
    const handle = toHandle(request.handle)
    const found = await findAccountByHandle(database.reader, handle)
    const isRight = await verifyPassword(handle, found?.passwordHash, request.password)
    if (found === undefined || !isRight) throw new AppError('credentials_wrong')

    const now = clock.now()
    const opened = await openIfUnchanged(deps, found, request, now)
    if ('pendingToken' in opened) {
      const hasFace = await deps.offersFace(context, found.account.userId)
      return hasFace ? { ...opened, ways: ['face', ...opened.ways] } : opened
    }
    announceEnded(opened.ended)
    return toSignedIn(found, opened.session, opened.refreshToken, now)
  }
}

/** A password changed since it was verified is a wrong one: the change has ended all sessions but its own. */
async function openIfUnchanged(
  { database, hasher, openSession }: SignInDeps,
  found: StoredAccount,
  request: { password: string; deviceName: string },
  now: number,
): Promise<OpenedSession | SecondFactorRequired> {
  const { account, passwordHash } = found
  const newHash = hasher.isOutdated(passwordHash) ? await hasher.hash(request.password) : undefined
  return database.transaction(async (trx) => {
    const isUnchanged = await lockAccountWithHash(trx, account.userId, passwordHash)
    if (!isUnchanged) throw new AppError('credentials_wrong')
    if (newHash !== undefined)
      await replacePasswordHash(trx, account.userId, { from: passwordHash, to: newHash })
    const secondStep = await beginSecondStep(trx, account.userId, request.deviceName, now)
    return secondStep ?? openSession(trx, account, { deviceName: request.deviceName }, now)
  })
}
