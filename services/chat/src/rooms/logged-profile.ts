import type { Profile } from '@our-now/contracts/people.ts'
import type { Knex } from 'knex'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { listProfiles } from '../people/profile-store.ts'

/**
 * The people as the room log names them, in the order of the ids.
 *
 * @throws {AppError} user_not_found when one of them has no profile.
 */
export async function listLoggedProfiles(db: Knex, userIds: readonly string[]): Promise<Profile[]> {
  const profiles = await listProfiles(db, userIds)
  return userIds.map((userId) => {
    const profile = profiles.get(userId)
    if (profile === undefined) throw new AppError('user_not_found')
    return profile
  })
}

/** As `listLoggedProfiles`, for one. */
export async function getLoggedProfile(db: Knex, userId: string): Promise<Profile> {
  const [profile] = await listLoggedProfiles(db, [userId])
  if (profile === undefined) throw new AppError('user_not_found')
  return profile
}
