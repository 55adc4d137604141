import type { Account } from '@our-now/contracts/auth.ts'
import { lockRows } from '@our-now/platform/database/dialect.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

/** An account with what only this service may know of it. */
export interface StoredAccount {
  readonly account: Account
  readonly displayName: string
  readonly passwordHash: string
}

interface AccountRow {
  readonly user_id: string
  readonly handle: string
  readonly display_name: string
  readonly password_hash: string
  readonly is_operator: number | boolean
  readonly created_at_ms: number
}

export async function findAccount(db: Queryable, userId: string): Promise<StoredAccount | undefined> {
  return toStoredAccount(await db<AccountRow>('accounts').where({ user_id: userId }).first())
}

export async function findAccountByHandle(db: Queryable, handle: string): Promise<StoredAccount | undefined> {
  return toStoredAccount(await db<AccountRow>('accounts').where({ handle }).first())
}

export async function hasAccounts(db: Queryable): Promise<boolean> {
  return (await db<AccountRow>('accounts').select('user_id').first()) !== undefined
}

/** In the order of their handles, beginning after `afterHandle`. */
export async function listAccountsAfter(
  db: Queryable,
  afterHandle: string,
  limit: number,
): Promise<Account[]> {
  const rows = await db<AccountRow>('accounts')
    .where('handle', '>', afterHandle)
    .orderBy('handle')
    .limit(limit)
  return rows.map(toAccount)
}

export async function insertAccount(
  trx: Transaction,
  { account, displayName, passwordHash }: StoredAccount,
): Promise<void> {
  await trx<AccountRow>('accounts').insert({
    user_id: account.userId,
    handle: account.handle,
    display_name: displayName,
    password_hash: passwordHash,
    is_operator: account.isOperator ? 1 : 0,
    created_at_ms: account.createdAt,
  })
}

/** Until the transaction ends no other one changes what belongs to the account. */
export async function lockAccount(trx: Transaction, userId: string): Promise<void> {
  await lockRows(trx<AccountRow>('accounts').where({ user_id: userId }).select('user_id'), trx)
}

/**
 * Locks the account if its password is still the one that was verified.
 *
 * @returns whether it is
 */
export async function lockAccountWithHash(
  trx: Transaction,
  userId: string,
  passwordHash: string,
): Promise<boolean> {
  const rows = await lockRows(
    trx<AccountRow>('accounts').where({ user_id: userId, password_hash: passwordHash }),
    trx,
  )
  return rows.length === 1
}

/** Replaces the password's hash if it is still `from`. @returns whether it was */
export async function replacePasswordHash(
  trx: Transaction,
  userId: string,
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  const changed = await trx<AccountRow>('accounts')
    .where({ user_id: userId, password_hash: from })
    .update({ password_hash: to })
  return changed === 1
}

/** Sets the password's hash, whatever it was. */
export async function setPasswordHash(trx: Transaction, userId: string, passwordHash: string): Promise<void> {
  await trx<AccountRow>('accounts').where({ user_id: userId }).update({ password_hash: passwordHash })
}

function toStoredAccount(row: AccountRow | undefined): StoredAccount | undefined {
  if (row === undefined) return undefined
  return { account: toAccount(row), displayName: row.display_name, passwordHash: row.password_hash }
}

function toAccount(row: AccountRow): Account {
  return {
    userId: row.user_id,
    handle: row.handle,
    isOperator: Boolean(row.is_operator),
    createdAt: row.created_at_ms,
  }
}
