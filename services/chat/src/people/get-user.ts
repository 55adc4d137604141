import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { findProfile } from './profile-store.ts'
import { toRelation } from './relation.ts'

export function createGetUser({ database }: { database: Database }): ChatApi['getUser'] {
  return async (context, { userId }) => {
    const meId = requireUser(context)
    const row = await findProfile(database.reader, { user_id: userId })
    if (row === undefined) throw new AppError('user_not_found')
    return toRelation(database.reader, meId, row)
  }
}
