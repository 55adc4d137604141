import type { ChatApi } from '@our-now/contracts/chat.ts'
import { mostLostCalls } from '@our-now/contracts/chat/call-operations.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { keepRunningCalls, listLostCalls } from './running-call-store.ts'

/** For media: what is remembered of running calls, should all that carries them go at once. */
export function createKeepCalls({
  database,
}: {
  database: Database
}): Pick<ChatApi, 'keepCalls' | 'listLostCalls'> {
  return {
    keepCalls: async (_context, { calls, seenAt }) => {
      await database.transaction((trx) => keepRunningCalls(trx, calls, seenAt))
      return {}
    },
    listLostCalls: async (_context, { seenBefore }) => ({
      calls: await listLostCalls(database.reader, { seenBeforeMs: seenBefore, limit: mostLostCalls }),
    }),
  }
}
