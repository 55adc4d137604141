import type { Account, AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { v7 as createId } from 'uuid'
import type { PasswordHasher } from '../passwords/password-hasher.ts'
import { checkPassword } from '../passwords/password-policy.ts'
import { admit, checkAdmission } from '../registration/admit.ts'
import type { OpenSession } from '../sessions/open-session.ts'
import type { ToSignedIn } from '../sessions/to-signed-in.ts'
import type { ThrottleAddress } from '../throttle/address-throttle.ts'
import { findAccountByHandle, insertAccount } from './account-store.ts'
import { toDisplayName } from './display-name-policy.ts'
import { isReservedHandle, toHandle } from './handle-policy.ts'

interface RegisterDeps {
  readonly database: Database
  readonly clock: Clock
  readonly hasher: PasswordHasher
  readonly throttleAddress: ThrottleAddress
  readonly openSession: OpenSession
  readonly toSignedIn: ToSignedIn
}

/** That an id is taken cannot be hidden here; the budget per address keeps it from becoming a list of members. */
export function createRegister(deps: RegisterDeps): AuthApi['register'] {
  const { database, clock, hasher, throttleAddress, openSession, toSignedIn } = deps
  return async (context, request) => {
    await throttleAddress(context)
    await checkAdmission(database, request.inviteCode, clock.now())
    const handle = toHandle(request.handle)
    const displayName = toDisplayName(request.displayName)
    checkPassword(request.password, handle)
    const isTaken = (await findAccountByHandle(database.reader, handle)) !== undefined
    if (isTaken || isReservedHandle(handle)) throw new AppError('handle_taken')

    const passwordHash = await hasher.hash(request.password)
    const now = clock.now()
    const { account, opened } = await database.transaction(async (trx) => {
      const { isFirst } = await admit(trx, request.inviteCode, now)
      // `admit` holds the lock that all registrations wait for, so this cannot change before the insert.
      if ((await findAccountByHandle(trx, handle)) !== undefined) throw new AppError('handle_taken')
      const account: Account = { userId: createId(), handle, isOperator: isFirst, createdAt: now }
      await insertAccount(trx, { account, displayName, passwordHash })
      return { account, opened: await openSession(trx, account, { deviceName: request.deviceName }, now) }
    })
    return toSignedIn({ account, displayName }, opened.session, opened.refreshToken, now)
  }
}
