import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'

/** A sign-in whose password was right. It is no session: all it can do is be completed. */
export interface PendingSignIn {
  readonly userId: string
  readonly deviceName: string
  /** Codes that may still be tried. */
  readonly triesLeft: number
}

interface PendingRow {
  readonly token_hash: string
  readonly user_id: string
  readonly device_name: string
  readonly tries_left: number
  readonly expires_at_ms: number
}

export async function insertPendingSignIn(
  trx: Transaction,
  pending: PendingSignIn & { readonly tokenHash: string; readonly expiresAt: number },
): Promise<void> {
  await trx<PendingRow>('pending_sign_ins').insert({
    token_hash: pending.tokenHash,
    user_id: pending.userId,
    device_name: pending.deviceName,
    tries_left: pending.triesLeft,
    expires_at_ms: pending.expiresAt,
  })
}

/**
 * The sign-in that this token may still complete.
 *
 * @throws {AppError} sign_in_ended for any other token
 */
export async function requirePendingSignIn(
  db: Queryable,
  tokenHash: string,
  now: number,
): Promise<PendingSignIn> {
  const row = await db<PendingRow>('pending_sign_ins')
    .where({ token_hash: tokenHash })
    .where('tries_left', '>', 0)
    .where('expires_at_ms', '>', now)
    .first()
  if (row === undefined) throw new AppError('sign_in_ended')
  return { userId: row.user_id, deviceName: row.device_name, triesLeft: row.tries_left }
}

/** Counts one try, before it is known how it ends. @returns whether there was one left */
export async function takeTry(trx: Transaction, tokenHash: string, now: number): Promise<boolean> {
  const taken = await trx<PendingRow>('pending_sign_ins')
    .where({ token_hash: tokenHash })
    .where('tries_left', '>', 0)
    .where('expires_at_ms', '>', now)
    .decrement('tries_left', 1)
  return taken === 1
}

/** Uses a sign-in up. @returns whether it was still there */
export async function deletePendingSignIn(trx: Transaction, tokenHash: string): Promise<boolean> {
  return (await trx<PendingRow>('pending_sign_ins').where({ token_hash: tokenHash }).delete()) === 1
}

export async function deletePendingSignInsOf(trx: Transaction, userId: string): Promise<void> {
  await trx<PendingRow>('pending_sign_ins').where({ user_id: userId }).delete()
}

export async function deleteExpiredPendingSignIns(trx: Transaction, now: number): Promise<void> {
  await trx<PendingRow>('pending_sign_ins').where('expires_at_ms', '<=', now).delete()
}
