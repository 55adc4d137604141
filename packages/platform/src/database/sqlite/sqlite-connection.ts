import type Sqlite from 'better-sqlite3'
import type { SqlResult, SqlValue } from './protocol.ts'

/** Statements kept prepared per connection; multi-row inserts make many texts, so the oldest give way. */
const maxStatements = 256

interface Prepared {
  readonly statement: Sqlite.Statement<SqlValue[]>
  readonly columns: readonly string[]
}

export interface SqliteConnection {
  run(sql: string, bindings: readonly SqlValue[]): SqlResult
  begin(): void
  readonly inTransaction: boolean
  close(): void
}

const isDataStatement = /^\s*(?:select|insert|update|delete|replace|with)\b/i

/** One connection with its statements kept prepared. Lives in the SQLite thread. */
export function createSqliteConnection(db: Sqlite.Database): SqliteConnection {
  const prepared = new Map<string, Prepared>()
  const begin = db.prepare('BEGIN IMMEDIATE')

  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql)
    if (known !== undefined) {
      prepared.delete(sql)
      prepared.set(sql, known)
      return known
    }
    const statement = db.prepare<SqlValue[]>(sql)
    const columns = statement.reader
      ? statement
          .raw(true)
          .columns()
          .map(({ name }) => name)
      : []
    const made = { statement, columns }
    // A change of the schema makes the remembered columns wrong.
    if (!isDataStatement.test(sql)) prepared.clear()
    else prepared.set(sql, made)
    if (prepared.size > maxStatements) prepared.delete(prepared.keys().next().value ?? '')
    return made
  }

  return {
    run: (sql, bindings) => {
      const { statement, columns } = prepare(sql)
      if (statement.reader) {
        /** True because a raw statement gives each row as an array. */
        return { columns, rows: statement.all(...bindings) as SqlValue[][] }
      }
      const { changes, lastInsertRowid } = statement.run(...bindings)
      return { changes, lastID: Number(lastInsertRowid) }
    },
    begin: () => void begin.run(),
    get inTransaction() {
      return db.inTransaction
    },
    close: () => db.close(),
  }
}
