import type { Connection } from '../socket/connection.ts'

/**
 * A socket's joins and leaves, one after the other: a leave that overtook its join would be undone by it, and two joins
 * at once would be two calls.
 */
export function inTurn<T>(connection: Pick<Connection, 'callTurn'>, work: () => Promise<T>): Promise<T> {
  const mine = connection.callTurn.then(work)
  connection.callTurn = mine.then(
    () => undefined,
    () => undefined,
  )
  return mine
}
