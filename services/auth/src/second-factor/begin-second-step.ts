import type { SecondFactorRequired } from '@our-now/contracts/auth/second-factor.ts'
import type { Transaction } from '@our-now/platform/database/database.ts'
import { toDeviceName } from '../accounts/display-name-policy.ts'
import { createCode, hashCode } from '../codes/one-time-code.ts'
import { insertPendingSignIn } from './pending-sign-in-store.ts'
import { countRecoveryCodes } from './recovery-code-store.ts'
import { findFactor } from './second-factor-store.ts'

/** Time to find the phone; short for whoever looks over a shoulder. */
const lifetimeMs = 5 * 60_000
/** Wrong codes after which the password has to be typed again. */
const tries = 3

/**
 * What an account with a second factor is answered after the right password, instead of a session.
 *
 * @returns undefined for an account without one
 */
export async function beginSecondStep(
  trx: Transaction,
  userId: string,
  deviceName: string,
  now: number,
): Promise<SecondFactorRequired | undefined> {
  if ((await findFactor(trx, userId)) === undefined) return undefined
  const pendingToken = createCode()
  const expiresAt = now + lifetimeMs
  await insertPendingSignIn(trx, {
    tokenHash: hashCode(pendingToken),
    userId,
    deviceName: toDeviceName(deviceName),
    triesLeft: tries,
    expiresAt,
  })
  const hasCodes = (await countRecoveryCodes(trx, userId)) > 0
  return {
    status: 'second_factor_required',
    pendingToken,
    expiresAt,
    ways: hasCodes ? ['totp', 'recovery'] : ['totp'],
  }
}
