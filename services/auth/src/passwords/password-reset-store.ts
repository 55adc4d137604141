import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

interface PasswordResetRow {
  readonly code_hash: string
  readonly user_id: string
  readonly expires_at_ms: number
}

export async function insertPasswordReset(
  trx: Transaction,
  reset: { codeHash: string; userId: string; expiresAt: number },
): Promise<void> {
  await trx<PasswordResetRow>('password_resets').insert({
    code_hash: reset.codeHash,
    user_id: reset.userId,
    expires_at_ms: reset.expiresAt,
  })
}

/** @returns whose password a code may set now, if it is one */
export async function findResetUser(
  db: Queryable,
  codeHash: string,
  now: number,
): Promise<string | undefined> {
  const row = await db<PasswordResetRow>('password_resets')
    .where({ code_hash: codeHash })
    .where('expires_at_ms', '>', now)
    .first()
  return row?.user_id
}

/** Uses a code up. @returns whether it could still be used */
export async function takePasswordReset(trx: Transaction, codeHash: string, now: number): Promise<boolean> {
  const taken = await trx<PasswordResetRow>('password_resets')
    .where({ code_hash: codeHash })
    .where('expires_at_ms', '>', now)
    .delete()
  return taken === 1
}

export async function deletePasswordResetsOf(trx: Transaction, userId: string): Promise<void> {
  await trx<PasswordResetRow>('password_resets').where({ user_id: userId }).delete()
}

export async function deleteExpiredResets(trx: Transaction, now: number): Promise<void> {
  await trx<PasswordResetRow>('password_resets').where('expires_at_ms', '<=', now).delete()
}
