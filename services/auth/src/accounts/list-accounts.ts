import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireOperator } from '../callers/require-operator.ts'
import { listAccountsAfter } from './account-store.ts'

const defaultLimit = 50

const handlePattern = /^[a-z0-9._-]{0,20}$/

/** The cursor is the last handle of the page before. */
export function createListAccounts(database: Database): AuthApi['listAccounts'] {
  return async (context, { cursor = '', limit = defaultLimit }) => {
    await requireOperator(database, context)
    const afterHandle = Buffer.from(cursor, 'base64url').toString()
    if (!handlePattern.test(afterHandle))
      throw new AppError('invalid_request', undefined, { field: '/cursor' })
    const page = await listAccountsAfter(database.reader, afterHandle, limit + 1)
    const accounts = page.slice(0, limit)
    const last = accounts.at(-1)
    if (page.length <= limit || last === undefined) return { accounts }
    return { accounts, nextCursor: Buffer.from(last.handle).toString('base64url') }
  }
}
