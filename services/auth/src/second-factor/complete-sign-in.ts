import type { AuthApi } from '@our-now/contracts/auth.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { hashCode } from '../codes/one-time-code.ts'
import type { ThrottleAddress } from '../throttle/address-throttle.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import type { FactorTries } from './factor-tries.ts'
import { createFinishSignIn, type FinishSignInDeps } from './finish-sign-in.ts'
import { requirePendingSignIn, takeTry } from './pending-sign-in-store.ts'
import { takeCode } from './take-code.ts'

interface CompleteSignInDeps extends FinishSignInDeps {
  readonly keys: KeyRing
  readonly throttleAddress: ThrottleAddress
  readonly factorTries: FactorTries
}

/** The second step. A try counts from its beginning, so that many at once are no more than the few that are allowed. */
export function createCompleteSignIn(deps: CompleteSignInDeps): AuthApi['completeSignIn'] {
  const { database, clock, keys, throttleAddress, factorTries } = deps
  const finishSignIn = createFinishSignIn(deps)
  return async (context, { pendingToken, way, code }) => {
    await throttleAddress(context)
    const tokenHash = hashCode(pendingToken)
    const pending = await requirePendingSignIn(database.reader, tokenHash, clock.now())
    const { userId, triesLeft } = pending
    return factorTries(userId, way, async () => {
      const now = clock.now()
      const isTaken = await database.transaction((trx) => takeTry(trx, tokenHash, now))
      if (!isTaken) throw new AppError('sign_in_ended')
      return finishSignIn(tokenHash, pending, way, async (trx) => {
        const isRight = await takeCode(trx, keys.factorVault(), userId, { way, code }, now)
        if (!isRight) throw new AppError(triesLeft === 1 ? 'sign_in_ended' : 'second_factor_wrong')
      })
    })
  }
}
