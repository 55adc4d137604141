import type { Knex } from 'knex'
import type { Queryable, Transaction } from './database.ts'

/** What differs between the databases, and nothing else knows. */

const isSqlite = (client: unknown): boolean =>
  typeof client === 'object' && client !== null && Reflect.get(client, 'dialect') === 'sqlite3'

/**
 * Locks the rows of a query until the transaction ends. SQLite's BEGIN IMMEDIATE already holds everything.
 *
 * @param mayWait  false: when somebody else holds one of them, fail at once with an error that is `isLockedOut`.
 */
export function lockRows<Q extends Knex.QueryBuilder>(
  query: Q,
  trx: Transaction,
  { mayWait = true }: { mayWait?: boolean } = {},
): Q {
  if (isSqlite(trx.client)) return query
  void query.forUpdate()
  if (!mayWait) void query.noWait()
  return query
}

/**
 * A table whose rows are to be locked by their primary key, and in no other way: left to itself a server may look through
 * all of a small table, and wait for rows that nobody asked for.
 */
export function byPrimaryKey(trx: Transaction, table: string): string | Knex.Raw {
  return isSqlite(trx.client) ? table : trx.raw('?? force index (primary)', [table])
}

/** In an upsert's merge: the value that was to be inserted. */
export function incoming(db: Queryable, column: string): Knex.Raw {
  return db.raw(isSqlite(db.client) ? 'excluded.??' : 'values(??)', [column])
}

/**
 * In an upsert's merge: the stored value, so that a row that is there stays as it is, and is locked for writing. (MySQL's
 * `insert ignore` takes a shared lock: two who go on to write deadlock. It also forgives values that do not fit.)
 */
export function unchanged(db: Queryable, table: string, column: string): Knex.Raw {
  return db.raw('??.??', [table, column])
}

/** In an upsert's merge: the larger of the stored and the incoming value; such a column only moves up. */
export function larger(db: Queryable, table: string, column: string): Knex.Raw {
  const sql = isSqlite(db.client) ? 'max(??.??, excluded.??)' : 'greatest(??.??, values(??))'
  return db.raw(sql, [table, column, column])
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String(Reflect.get(error, 'code') ?? '') : ''

/** Whether an insert or update met a row with the same unique key. */
export function isUniqueViolation(error: unknown): boolean {
  return ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'ER_DUP_ENTRY'].includes(codeOf(error))
}

/**
 * Whether the same transaction, begun anew, may succeed: a deadlock or a lock that took too long. Nothing was
 * written. SQLite has one writer, so it never says so of another transaction of ours.
 */
export function isTransient(error: unknown): boolean {
  return isDeadlock(error) || isLockedOut(error) || codeOf(causeOf(error)).startsWith('SQLITE_BUSY')
}

/** Two transactions waited for each other and this one was undone: begun anew at once it will most likely succeed. */
export const isDeadlock = (error: unknown): boolean => codeOf(causeOf(error)) === 'ER_LOCK_DEADLOCK'

/** Somebody holds a lock for longer than we wait: perhaps a process that was paused, whose session ends in 10 s. */
export const isLockedOut = (error: unknown): boolean =>
  ['ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT'].includes(codeOf(causeOf(error)))

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? error.cause : error

/** A column for an id: 36 ASCII characters, compared byte by byte. */
export function idColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  const client: unknown = Reflect.get(table, 'client')
  return table.specificType(
    name,
    isSqlite(client) ? 'char(36)' : 'char(36) character set ascii collate ascii_bin',
  )
}

/** A column for JSON text of any length; write it with `JSON.stringify`, read it with `JSON.parse`. */
export function jsonColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.text(name, 'longtext')
}
