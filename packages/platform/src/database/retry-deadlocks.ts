import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from './database.ts'
import { isDeadlock } from './dialect.ts'

const maxTries = 3
/** Full jitter, so that the two who met do not meet again, in ms. */
const pauseMs = 20

/**
 * The same database, whose transactions are begun anew when they met another one in a deadlock, at most three times in
 * all. So their work may be called again: what it changes besides the database it must change after the commit.
 */
export function retryDeadlocks(database: Database): Database {
  const transaction: Database['transaction'] = async (work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await database.transaction(work)
      } catch (error) {
        if (attempt >= maxTries || !isDeadlock(error)) throw error
        await wait(Math.random() * pauseMs * attempt)
      }
    }
  }
  return { ...database, transaction }
}
