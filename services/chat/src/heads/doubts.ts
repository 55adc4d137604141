import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'

/**
 * A commit whose answer was lost may have been done, and then nobody pushed or noted what it wrote. It may even be done
 * later: the server ends a silent session after 10 s.
 */
const lastCommitAfterMs = 12_000

/** Notices transactions whose outcome is unknown. */
export interface Doubts {
  noticeIn(database: Database): Database
  stop(): void
}

/** @param onDoubt  Called when a commit may have been done, and again when it cannot be done later any more. */
export function createDoubts({ onDoubt }: { onDoubt: () => void }): Doubts {
  let settled: NodeJS.Timeout | undefined
  const notice = (): void => {
    onDoubt()
    clearTimeout(settled)
    settled = setTimeout(onDoubt, lastCommitAfterMs).unref()
  }
  return {
    noticeIn: (database) => ({
      ...database,
      transaction: async (work) => {
        try {
          return await database.transaction(work)
        } catch (error) {
          if (error instanceof AppError && error.code === 'timeout') notice()
          throw error
        }
      },
    }),
    stop: () => clearTimeout(settled),
  }
}
