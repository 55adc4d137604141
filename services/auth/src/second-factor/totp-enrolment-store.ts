import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

interface EnrolmentRow {
  readonly user_id: string
  readonly sealed_secret: string
  readonly expires_at_ms: number
}

/** Puts a secret that is not confirmed yet in place of one from before. */
export async function replaceEnrolment(
  trx: Transaction,
  userId: string,
  { sealedSecret, expiresAt }: { sealedSecret: string; expiresAt: number },
): Promise<void> {
  await deleteEnrolment(trx, userId)
  await trx<EnrolmentRow>('totp_enrolments').insert({
    user_id: userId,
    sealed_secret: sealedSecret,
    expires_at_ms: expiresAt,
  })
}

/** @returns the sealed secret that waits for its first code */
export async function findEnrolment(db: Queryable, userId: string, now: number): Promise<string | undefined> {
  const row = await db<EnrolmentRow>('totp_enrolments')
    .where({ user_id: userId })
    .where('expires_at_ms', '>', now)
    .first()
  return row?.sealed_secret
}

export async function deleteEnrolment(trx: Transaction, userId: string): Promise<void> {
  await trx<EnrolmentRow>('totp_enrolments').where({ user_id: userId }).delete()
}

export async function deleteExpiredEnrolments(trx: Transaction, now: number): Promise<void> {
  await trx<EnrolmentRow>('totp_enrolments').where('expires_at_ms', '<=', now).delete()
}
