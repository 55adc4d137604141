import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

interface RegistrationInviteRow {
  readonly code_hash: string
  readonly created_by: string
  readonly uses_left: number
  readonly expires_at_ms: number
}

export async function insertRegistrationInvite(
  trx: Transaction,
  invite: { codeHash: string; createdBy: string; maxUses: number; expiresAt: number },
): Promise<void> {
  await trx<RegistrationInviteRow>('registration_invites').insert({
    code_hash: invite.codeHash,
    created_by: invite.createdBy,
    uses_left: invite.maxUses,
    expires_at_ms: invite.expiresAt,
  })
}

export async function isInviteUsable(db: Queryable, codeHash: string, now: number): Promise<boolean> {
  return (await usable(db, codeHash, now).first()) !== undefined
}

/** Takes one use of an invitation. @returns whether there was one */
export async function takeInviteUse(trx: Transaction, codeHash: string, now: number): Promise<boolean> {
  return (await usable(trx, codeHash, now).decrement('uses_left', 1)) === 1
}

export async function deleteExpiredInvites(trx: Transaction, now: number): Promise<void> {
  await trx<RegistrationInviteRow>('registration_invites').where('expires_at_ms', '<=', now).delete()
}

function usable(db: Queryable, codeHash: string, now: number) {
  return db<RegistrationInviteRow>('registration_invites')
    .where({ code_hash: codeHash })
    .where('expires_at_ms', '>', now)
    .where('uses_left', '>', 0)
}
