import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

/** A changed profile that people with an id over `told_up_to` do not know of yet. */
export interface ProfileTellingRow {
  readonly user_id: string
  readonly told_up_to: string
  /** 0: only the status message changed, which is nobody's business behind a block. */
  readonly is_renamed: 0 | 1
}

export async function findProfileTelling(
  db: Queryable,
  userId: string,
): Promise<ProfileTellingRow | undefined> {
  return db<ProfileTellingRow>('profile_tellings').where('user_id', userId).first()
}

export async function listProfileTellings(db: Queryable, limit: number): Promise<ProfileTellingRow[]> {
  return db<ProfileTellingRow>('profile_tellings').orderBy('user_id').limit(limit)
}

export async function putProfileTelling(trx: Transaction, row: ProfileTellingRow): Promise<void> {
  await trx('profile_tellings').insert(row).onConflict('user_id').merge()
}

export async function deleteProfileTelling(trx: Transaction, userId: string): Promise<void> {
  await trx('profile_tellings').where('user_id', userId).delete()
}
