import type { ServerFacts, SessionKind } from './server-facts.ts'

/**
 * Deadlines nest: a lock, a statement, the call (2 s), the client's wait. In seconds, as the server wants them.
 */
const lockSeconds = 1
const statementSeconds = 1.5
/** The server ends a connection that says nothing: a paused process gives up its locks. */
const silentSeconds = 10
/** MariaDB sees one that is silent inside a transaction sooner. */
const silentInTransactionSeconds = 3

/** The pool gives resting connections up before the server does, in ms. */
export const restWithinMs = 5_000

/** The net under the server's own deadline, for when nothing comes back at all, in ms. */
const answerWithinMs = 2_000
/** Making an index takes as long as it takes. */
const migrateWithinMs = 60 * 60_000

export const statementWithinMs = (kind: SessionKind): number =>
  kind === 'migrate' ? migrateWithinMs : answerWithinMs

/**
 * What a new session is told before its first use. Locks and increments, never what was read earlier, decide: so READ
 * COMMITTED; it has no gap locks to wait for either.
 */
export function sessionSettings(kind: SessionKind, { isMariadb }: ServerFacts): string[] {
  const settings = [
    `sql_mode='STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
    `default_storage_engine=InnoDB`,
  ]
  if (kind !== 'migrate') {
    settings.push(`innodb_lock_wait_timeout=${lockSeconds}`, `wait_timeout=${silentSeconds}`)
    if (isMariadb) settings.push(`max_statement_time=${statementSeconds}`)
    else settings.push(`max_execution_time=${statementSeconds * 1_000}`)
  }
  if (kind === 'write' && isMariadb)
    settings.push(`idle_write_transaction_timeout=${silentInTransactionSeconds}`)
  // The first statement opens a transaction: it costs no round trip, and nothing is ever committed by itself.
  if (kind !== 'read') settings.push('autocommit=0')
  const mode = kind === 'read' ? 'READ ONLY, ' : ''
  return [
    `SET SESSION TRANSACTION ${mode}ISOLATION LEVEL READ COMMITTED`,
    `SET ${settings.map((setting) => `SESSION ${setting}`).join(', ')}`,
  ]
}
