import type { Knex } from 'knex'
import { createRequire } from 'node:module'
import type { ConnectionName, SqlResult, SqlValue } from './protocol.ts'
import { shortenMessage } from '../shorten-message.ts'
import { toDatabaseError } from './sqlite-error.ts'
import type { SqliteThread } from './sqlite-thread.ts'

/** What Knex hands a client to run, and what it reads back. */
interface KnexQuery {
  readonly sql: string
  readonly bindings?: readonly unknown[]
  response?: unknown
  context?: { readonly changes: number; readonly lastID: number }
}

/** One "connection" of a Knex pool: a way into the thread. */
interface ThreadConnection {
  /** BEGIN was asked for and travels with the next statement. */
  beginsNext: boolean
  /** A statement that the database refused: part of what the transaction should write is missing, so it must not commit. */
  loss: { readonly error: unknown } | undefined
}

interface InsertData {
  readonly columns: readonly string[]
  readonly values: readonly (readonly unknown[])[]
}

/** The parts of Knex's SQLite query compiler that we use. It has no types of its own. */
interface SqliteQueryCompiler {
  single: {
    insert?: unknown
    onConflict?: unknown
    ignore?: unknown
    merge?: { updates: unknown }
    returning?: unknown
  }
  tableName: string
  formatter: { columnize(columns: readonly string[]): string }
  client: {
    parameterize(row: readonly unknown[], forUndefined: unknown, builder: unknown, holder: unknown): string
    valueForUndefined: unknown
  }
  builder: unknown
  bindingsHolder: unknown
  with(): string
  where(): string | undefined
  insert(): unknown
  _prepInsert(rows: unknown): InsertData
  _ignore(columns: unknown): string
  _merge(updates: unknown, columns: unknown, rows: unknown): string
  _returning(columns: unknown): string
}

const require = createRequire(import.meta.url)
/** True because the dialect is a subclass of Knex's client; `_query` is how Knex itself extends it. */
const SqliteDialect = require('knex/lib/dialects/sqlite3/index.js') as new (
  config: Knex.Config,
) => Knex.Client & {
  _query(connection: unknown, query: KnexQuery): Promise<KnexQuery>
}
/** True because the module exports its one class; only the members above are used. */
const SqliteCompiler = require('knex/lib/dialects/sqlite3/query/sqlite-querycompiler.js') as new (
  client: unknown,
  builder: unknown,
  formatter: unknown,
) => SqliteQueryCompiler

/** Knex's own way is `select … union all select …`: slow to parse and at most 500 rows. */
class ValuesCompiler extends SqliteCompiler {
  override insert(): unknown {
    const rows = this.single.insert
    if (!Array.isArray(rows) || rows.length < 2) return super.insert()
    const { columns, values } = this._prepInsert(rows)
    if (columns.length === 0) return super.insert()
    const tuples = values.map(
      (row) =>
        `(${this.client.parameterize(row, this.client.valueForUndefined, this.builder, this.bindingsHolder)})`,
    )
    let sql = `${this.with()}insert into ${this.tableName} (${this.formatter.columnize(columns)}) values ${tuples.join(', ')}`
    const { onConflict, ignore, merge, returning } = this.single
    if (onConflict !== undefined && ignore !== undefined) sql += this._ignore(onConflict)
    else if (onConflict !== undefined && merge !== undefined) {
      sql += this._merge(merge.updates, onConflict, rows)
      const wheres = this.where()
      if (wheres !== undefined && wheres !== '') sql += ` ${wheres}`
    }
    if (returning !== undefined) sql += this._returning(returning)
    return { sql, returning }
  }
}

/** The Knex client class of one of a thread's two connections. */
export function createThreadClient(thread: SqliteThread, name: ConnectionName): typeof Knex.Client {
  class ThreadClient extends SqliteDialect {
    /** The driver lives in the thread. */
    _driver(): object {
      return {}
    }

    override async acquireRawConnection(): Promise<ThreadConnection> {
      return { beginsNext: false, loss: undefined }
    }

    override async destroyRawConnection(): Promise<void> {
      // The thread closes the real connection.
    }

    override queryCompiler(builder: unknown, formatter?: unknown): unknown {
      return new ValuesCompiler(this, builder, formatter)
    }

    override transaction(container: unknown, config: unknown, outer: unknown): Knex.Transaction {
      if (name === 'read') throw new Error('the reader only reads: use database.transaction')
      return super.transaction(container, config, outer)
    }

    /** Codes what is the database's trouble, after Knex put the statement (without its values) into the message. */
    override async query(connection: unknown, query: KnexQuery | string): Promise<unknown> {
      try {
        return await super.query(connection, query)
      } catch (error) {
        shortenMessage(error)
        throw toDatabaseError(error, query === 'COMMIT;')
      }
    }

    override async _query(connection: ThreadConnection, query: KnexQuery): Promise<KnexQuery> {
      const { sql } = query
      if (sql === 'BEGIN;') {
        connection.beginsNext = true
        return answered(query, nothing)
      }
      const begins = connection.beginsNext
      connection.beginsNext = false
      if (begins && (sql === 'COMMIT;' || sql === 'ROLLBACK')) return answered(query, nothing)
      const { loss } = connection
      if (loss !== undefined && sql !== 'ROLLBACK') {
        if (sql === 'COMMIT;') await undo(connection)
        throw loss.error
      }
      connection.loss = undefined
      const bindings = (query.bindings ?? []).map(toSqlValue)
      try {
        return answered(query, await thread.run(name, begins, sql, bindings))
      } catch (error) {
        if (name === 'write' && toDatabaseError(error, false) !== error) connection.loss = { error }
        throw error
      }
    }
  }

  async function undo(connection: ThreadConnection): Promise<void> {
    connection.loss = undefined
    // A full disk may have undone it already.
    await thread.run(name, false, 'ROLLBACK', []).catch(() => undefined)
  }
  /** True because it extends Knex's client, whose static side (an event emitter's) Knex does not look at. */
  return ThreadClient as unknown as typeof Knex.Client
}

const nothing: SqlResult = { changes: 0, lastID: 0 }

function answered(query: KnexQuery, result: SqlResult): KnexQuery {
  if ('rows' in result) query.response = result.rows.map((row) => toRow(result.columns, row))
  else {
    query.response = result
    query.context = result
  }
  return query
}

function toRow(columns: readonly string[], values: readonly SqlValue[]): Record<string, SqlValue> {
  const row: Record<string, SqlValue> = {}
  for (const [index, column] of columns.entries()) row[column] = values[index] ?? null
  return row
}

function toSqlValue(value: unknown): SqlValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  if (value instanceof Uint8Array) return value
  // An object here would change what the statement means.
  throw new TypeError(`a ${typeof value} cannot be bound to a statement`)
}
