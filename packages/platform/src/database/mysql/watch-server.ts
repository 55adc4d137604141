import type { RowDataPacket } from 'mysql2/promise'
import type { Knex } from 'knex'
import { createLoop } from '../../lifecycle/create-loop.ts'
import type { Logger } from '../../logging/logger.ts'
import { factsQuery, findUnsafe, toServerFacts } from './server-facts.ts'

const lookEveryMs = 2_000

/** Looks at the server again and again, for readiness: it recovers by itself. */
export interface ServerWatch {
  /** What is wrong with it, or undefined. */
  trouble(): string | undefined
  stop(): Promise<void>
}

export function watchServer(reader: Knex, log: Logger): ServerWatch {
  let trouble: string | undefined
  const note = (found: string | undefined, error?: unknown): void => {
    if (found !== trouble) {
      if (found === undefined) log.info('database is back')
      else log.error({ err: error, trouble: found }, 'database cannot be relied on')
    }
    trouble = found
  }
  const look = async (): Promise<void> => {
    const [rows]: readonly RowDataPacket[][] = await reader.raw(factsQuery)
    const unsafe = findUnsafe(toServerFacts(rows?.[0]))
    note(unsafe === undefined ? undefined : `the server ${unsafe.reason}; run "${unsafe.mend};"`)
  }
  const loop = createLoop({
    run: async () => {
      // Looks as often while it is away: whoever waits for readiness waits no longer than that.
      await look().catch((error: unknown) => note('unreachable', error))
      return false
    },
    idleMs: lookEveryMs,
    onError: (error) => log.error({ err: error }, 'database is not watched'),
  })
  loop.start()
  return { trouble: () => trouble, stop: () => loop.stop() }
}
