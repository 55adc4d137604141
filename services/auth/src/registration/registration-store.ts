import type { RegistrationMode } from '@our-now/contracts/auth.ts'
import { lockRows } from '@our-now/platform/database/dialect.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

interface RegistrationRow {
  readonly id: number
  readonly mode: RegistrationMode
}

/** The table has the one row that its migration made. */
export async function findRegistrationMode(db: Queryable): Promise<RegistrationMode> {
  const row = await db<RegistrationRow>('registration').where({ id: 1 }).first()
  return row?.mode ?? 'closed'
}

/** As `findRegistrationMode`; until the transaction ends no other one registers anybody. */
export async function lockRegistrationMode(trx: Transaction): Promise<RegistrationMode> {
  const [row] = await lockRows(trx<RegistrationRow>('registration').where({ id: 1 }), trx)
  return row?.mode ?? 'closed'
}

export async function setRegistrationMode(trx: Transaction, mode: RegistrationMode): Promise<void> {
  await trx<RegistrationRow>('registration').where({ id: 1 }).update({ mode })
}
