import type { Transaction } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { lockProfiles, type ProfileRow } from './profile-store.ts'

export interface LockedPair {
  readonly me: ProfileRow
  readonly other: ProfileRow
}

/**
 * Locks the caller and another person: whatever stands between the two, and what each is told of the other, changes
 * one thing at a time.
 *
 * @throws {AppError} cannot_target_self; user_not_found when there is no such person.
 */
export async function lockPair(trx: Transaction, meId: string, otherId: string): Promise<LockedPair> {
  if (meId === otherId) throw new AppError('cannot_target_self')
  const profiles = await lockProfiles(trx, [meId, otherId])
  const other = profiles.get(otherId)
  if (other === undefined) throw new AppError('user_not_found')
  return { me: profiles.get(meId) ?? missingMe(), other }
}

/** The caller alone. */
export async function lockMe(trx: Transaction, meId: string): Promise<ProfileRow> {
  return (await lockProfiles(trx, [meId])).get(meId) ?? missingMe()
}

/** The gateway makes the profile right after sign-up: who comes earlier may try again. */
export function missingMe(): never {
  throw new AppError('unavailable', 'Your profile is being made. Try again in a moment.', {
    retryAfterMs: 1_000,
  })
}
