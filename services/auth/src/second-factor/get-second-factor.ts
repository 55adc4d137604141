import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { countRecoveryCodes } from './recovery-code-store.ts'
import { findFactor } from './second-factor-store.ts'

export function createGetSecondFactor(database: Database): AuthApi['getSecondFactor'] {
  return async (context) => {
    const { userId } = requireUser(context)
    const factor = await findFactor(database.reader, userId)
    if (factor === undefined) return { isOn: false, recoveryCodesLeft: 0 }
    const recoveryCodesLeft = await countRecoveryCodes(database.reader, userId)
    return { isOn: true, confirmedAt: factor.confirmedAt, recoveryCodesLeft }
  }
}
