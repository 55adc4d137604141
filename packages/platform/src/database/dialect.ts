import type { Knex } from 'knex'
import type { Queryable, Transaction } from './database.ts'

/** What differs between the databases, and nothing else knows. */

const isSqlite = (client: unknown): boolean =>
  typeof client === 'object' && client !== null && Reflect.get(client, 'dialect') === 'sqlite3'

/**
 * Locks the rows of a query until the transaction ends. SQLite's BEGIN IMMEDIATE already holds everything.
 */
export function lockRows<Q extends Knex.QueryBuilder>(query: Q, trx: Transaction): Q {
  if (!isSqlite(trx.client)) void query.forUpdate()
  return query
}

/** In an upsert's merge: the value that was to be inserted. */
export function incoming(db: Queryable, column: string): Knex.Raw {
  return db.raw(isSqlite(db.client) ? 'excluded.??' : 'values(??)', [column])
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
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return /^ER_LOCK_DEADLOCK$|^ER_LOCK_WAIT_TIMEOUT$|^SQLITE_BUSY/.test(codeOf(cause))
}

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
