import type { Database, Transaction } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { hasAccounts } from '../accounts/account-store.ts'
import { hashCode } from '../codes/one-time-code.ts'
import { isInviteUsable, takeInviteUse } from './registration-invite-store.ts'
import { admissionFor } from './registration-policy.ts'
import { findRegistrationMode, lockRegistrationMode } from './registration-store.ts'

/**
 * Says early, before the costly hash, what `admit` would say now.
 *
 * @throws {AppError} registration_closed, invite_required
 */
export async function checkAdmission(
  { reader }: Database,
  inviteCode: string | undefined,
  now: number,
): Promise<void> {
  const admission = admissionFor(await findRegistrationMode(reader), !(await hasAccounts(reader)))
  await follow(admission, inviteCode, (codeHash) => isInviteUsable(reader, codeHash, now))
}

/**
 * Lets one person in: takes a use of the invitation if one is needed. Registrations wait here for each other, so there
 * is exactly one first.
 *
 * @throws {AppError} registration_closed, invite_required
 */
export async function admit(
  trx: Transaction,
  inviteCode: string | undefined,
  now: number,
): Promise<{ isFirst: boolean }> {
  const mode = await lockRegistrationMode(trx)
  const isFirst = !(await hasAccounts(trx))
  await follow(admissionFor(mode, isFirst), inviteCode, (codeHash) => takeInviteUse(trx, codeHash, now))
  return { isFirst }
}

async function follow(
  admission: ReturnType<typeof admissionFor>,
  inviteCode: string | undefined,
  isGood: (codeHash: string) => Promise<boolean>,
): Promise<void> {
  if (admission === 'none') throw new AppError('registration_closed')
  if (admission === 'free') return
  if (inviteCode === undefined || !(await isGood(hashCode(inviteCode)))) throw new AppError('invite_required')
}
