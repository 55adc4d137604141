import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { findProfile } from './profile-store.ts'
import { toRelation } from './relation.ts'

/** Finds by the exact handle, however it was typed: `@Ada ` is `ada`. No parts, no lists: handles cannot be browsed. */
export function createFindUser({ database }: { database: Database }): ChatApi['findUser'] {
  return async (context, request) => {
    const meId = requireUser(context)
    const handle = request.handle.normalize('NFKC').trim().replace(/^@/, '').toLowerCase()
    const row = await findProfile(database.reader, { handle })
    if (row === undefined) throw new AppError('user_not_found')
    return toRelation(database.reader, meId, row)
  }
}
