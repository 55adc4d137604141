import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

interface RecoveryCodeRow {
  readonly code_hash: string
  readonly user_id: string
}

/** Puts new codes in place of all from before. */
export async function replaceRecoveryCodes(
  trx: Transaction,
  userId: string,
  codeHashes: readonly string[],
): Promise<void> {
  await deleteRecoveryCodes(trx, userId)
  await trx<RecoveryCodeRow>('recovery_codes').insert(
    codeHashes.map((hash) => ({ code_hash: hash, user_id: userId })),
  )
}

export async function countRecoveryCodes(db: Queryable, userId: string): Promise<number> {
  return (await db<RecoveryCodeRow>('recovery_codes').where({ user_id: userId })).length
}

export async function deleteRecoveryCodes(trx: Transaction, userId: string): Promise<void> {
  await trx<RecoveryCodeRow>('recovery_codes').where({ user_id: userId }).delete()
}

/** Uses a code up, stored as one of these hashes. @returns whether it was there */
export async function takeRecoveryCode(
  trx: Transaction,
  userId: string,
  codeHashes: readonly string[],
): Promise<boolean> {
  const used = await trx<RecoveryCodeRow>('recovery_codes')
    .where({ user_id: userId })
    .whereIn('code_hash', codeHashes)
    .delete()
  return used === 1
}
