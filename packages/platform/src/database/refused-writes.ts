import type { AppError } from '../errors/app-error.ts'
import type { Logger } from '../logging/logger.ts'

/** After a refused write the database counts as unready for this long, then the next write tries again, in ms. */
const unreadyMs = 5_000

export interface RefusedWrites {
  /** Passes on what `write` answers or throws, and remembers whether the database itself refused it. */
  watch<T>(write: () => Promise<T>): Promise<T>
  /** The code of a refusal of the last 5 s that no write has disproved since. */
  reason(): string | undefined
}

/** @param isRefusal  Whether the database could not do it, and not the work in the transaction. */
export function createRefusedWrites(
  isRefusal: (error: unknown) => error is AppError,
  log: Logger,
): RefusedWrites {
  let refusal: { readonly reason: string; readonly at: number } | undefined
  return {
    watch: async (write) => {
      try {
        const result = await write()
        refusal = undefined
        return result
      } catch (error) {
        if (isRefusal(error)) {
          // A full disk refuses every write: one line until one succeeds again.
          if (refusal === undefined) log.error({ err: error.cause }, 'database refused a write')
          refusal = { reason: error.code, at: performance.now() }
        }
        throw error
      }
    },
    reason: () =>
      refusal === undefined || performance.now() - refusal.at > unreadyMs ? undefined : refusal.reason,
  }
}
