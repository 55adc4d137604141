import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { missingMe } from './lock-people.ts'
import { findProfile, toMyProfile } from './profile-store.ts'

export function createGetMyProfile({ database }: { database: Database }): ChatApi['getMyProfile'] {
  return async (context) => {
    const row = await findProfile(database.reader, { user_id: requireUser(context) })
    return toMyProfile(row ?? missingMe())
  }
}
