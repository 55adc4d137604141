import { AppError } from '../../errors/app-error.ts'
import type { SqlProblem } from './protocol.ts'

/** What SQLite said, on this side of the thread. `code` is its extended result code. */
export class SqliteError extends Error {
  readonly code: string

  constructor({ code, message }: SqlProblem) {
    super(message)
    this.name = 'SqliteError'
    this.code = code
  }
}

/** The thread is gone: it ended or was closed. */
export const threadEndedCode = 'THREAD_ENDED'

const noSpace = /^SQLITE_FULL|^SQLITE_IOERR_SHM(?:SIZE|MAP)|^ENOSPC/
const notReachable =
  /^SQLITE_(?:BUSY|LOCKED|IOERR|CANTOPEN|READONLY_DBMOVED|CORRUPT|NOTADB|PROTOCOL|NOMEM)|^THREAD_ENDED/

/**
 * Codes what is the database's trouble and not the caller's; constraint violations and bugs pass as they are.
 *
 * @param isCommit  Whether the statement was the commit: then a lost answer leaves the outcome unknown.
 */
export function toDatabaseError(error: unknown, isCommit: boolean): unknown {
  if (!(error instanceof SqliteError)) return error
  if (noSpace.test(error.code))
    return new AppError('storage_full', undefined, { cause: error, retryAfterMs: 5_000 })
  if (!notReachable.test(error.code)) return error
  if (isCommit && /^SQLITE_IOERR|^THREAD_ENDED/.test(error.code))
    return new AppError('timeout', undefined, { cause: error })
  return new AppError('unavailable', undefined, { cause: error, retryAfterMs: 1_000 })
}

/** Why a file cannot be a database here, for the person who starts the product. */
export function openingProblem(path: string, { code, message }: SqlProblem): string {
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return `${path} is not an Our Now database, or is damaged: move it away or restore a backup.`
  if (noSpace.test(code)) return `There is no space left for the database ${path}: free some and start again.`
  if (code.startsWith('SQLITE_BUSY'))
    return `The database ${path} is in use by another program: stop that one.`
  if (code === 'NO_WAL')
    return `${path} is on a file system that cannot hold a database (no shared memory): choose another.`
  if (code === 'SQLITE_CANTOPEN_ISDIR' || code === 'ENOTDIR' || code === 'EEXIST')
    return `${path} cannot be a database file: a folder or a file is in its way.`
  return `The database ${path} cannot be opened for writing: make its folder writable, or choose another. (${code}: ${message})`
}
