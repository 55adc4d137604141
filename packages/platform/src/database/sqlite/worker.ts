import Sqlite from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type {
  ConnectionName,
  SqlAnswer,
  SqlClose,
  SqlOpened,
  SqlProblem,
  SqlRequest,
  SqliteThreadData,
  SqlResult,
} from './protocol.ts'
import { createSqliteConnection, type SqliteConnection } from './sqlite-connection.ts'

/**
 * The SQLite thread: it owns the connections of one database file and answers one request after the other, so that
 * an fsync never stalls the sockets.
 */

/** How long a statement waits for a lock that another process holds, in ms. */
const busyTimeoutMs = 2_000
/** A write-ahead log that grew beyond this is cut after the next checkpoint, in bytes. */
const walLimitBytes = 64 * 1024 * 1024

const port = parentPort
if (port === null) throw new Error('this file runs as a worker thread')

/** True because `openSqliteThread` starts this thread with exactly this. */
const { path, erasesDeleted } = workerData as SqliteThreadData

/** Leaves nothing in the write-ahead log; undefined: it is cut when it has grown. */
let cutLog: (() => void) | undefined

try {
  const connections = openConnections()
  port.on('message', (message: SqlRequest | SqlClose) => {
    if (message === 'close') return close(connections)
    port.postMessage(answer(connections, message))
  })
  port.postMessage({ opened: true } satisfies SqlOpened)
} catch (error) {
  port.postMessage({ opened: false, problem: toProblem(error) } satisfies SqlOpened)
  port.close()
}

function openConnections(): Record<ConnectionName, SqliteConnection> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const write = new Sqlite(path, { timeout: busyTimeoutMs })
  const mode: unknown = write.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal') throw Object.assign(new Error(`journal mode ${String(mode)}`), { code: 'NO_WAL' })
  write.pragma('synchronous = FULL')
  write.pragma('foreign_keys = ON')
  write.pragma(`journal_size_limit = ${walLimitBytes}`)
  if (erasesDeleted) write.pragma('secure_delete = ON')
  const read = new Sqlite(path, { readonly: true, timeout: busyTimeoutMs })
  if (erasesDeleted) cutLog = () => write.pragma('wal_checkpoint(TRUNCATE)')
  return { write: createSqliteConnection(write), read: createSqliteConnection(read) }
}

function answer(
  connections: Record<ConnectionName, SqliteConnection>,
  { id, connection: name, begins, sql, bindings }: SqlRequest,
): SqlAnswer {
  const connection = connections[name]
  try {
    if (begins) connection.begin()
    if (name === 'read') return { id, result: connection.run(sql, bindings) }
    const result = runInTransaction(connection, sql, bindings)
    if (sql === 'COMMIT;') cutLog?.()
    return { id, result }
  } catch (error) {
    const problem = toProblem(error)
    // A commit that failed leaves the transaction open; nothing of it may stay.
    if (sql === 'COMMIT;' && connection.inTransaction) connection.run('ROLLBACK', [])
    return { id, problem }
  }
}

/** SQLite itself ends a transaction on a full disk or a lost file: what follows must not commit alone. */
function runInTransaction(
  connection: SqliteConnection,
  sql: string,
  bindings: SqlRequest['bindings'],
): SqlResult {
  if (connection.inTransaction) return connection.run(sql, bindings)
  if (sql === 'ROLLBACK') return { changes: 0, lastID: 0 }
  throw Object.assign(new Error('the transaction has ended'), { code: 'TRANSACTION_ENDED' })
}

function close(connections: Record<ConnectionName, SqliteConnection>): void {
  connections.read.close()
  connections.write.close()
  port?.close()
}

function toProblem(error: unknown): SqlProblem {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', message: String(error) }
  const code: unknown = Reflect.get(error, 'code')
  return { code: typeof code === 'string' ? code : 'UNKNOWN', message: error.message }
}
