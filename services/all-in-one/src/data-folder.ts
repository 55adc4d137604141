import Sqlite from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { mkdir, opendir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ArgumentError } from './terminal/parse-arguments.ts'

export interface DataFolder {
  readonly path: string
  /** Lets the next process have the folder. The system does it too when this process dies. */
  close(): void
}

/**
 * Makes the data folder and takes it for this process alone: two processes on one folder would not see each other's
 * live pushes. The lock is SQLite's own file lock, so nothing stale stays behind after a crash.
 *
 * @throws {ArgumentError} when the folder cannot be written or another process has it
 */
export async function takeDataFolder(path: string): Promise<DataFolder> {
  try {
    await makeFolder(path)
    const lock = new Sqlite(join(path, 'in-use.lock'), { timeout: 0 })
    try {
      lock.pragma('journal_mode = DELETE')
      lock.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      lock.close()
      throw error
    }
    return { path, close: () => lock.close() }
  } catch (error) {
    throw new ArgumentError(sentence(path, error instanceof Error ? error : new Error(String(error))))
  }
}

/** With its parents. Not `recursive`: in a folder that takes none (/proc) Node would try for ever. */
async function makeFolder(path: string): Promise<void> {
  // Tells a file by its error.
  if (existsSync(path)) return (await opendir(path)).close()
  const parent = dirname(path)
  if (!existsSync(parent)) await makeFolder(parent)
  await mkdir(path, { mode: 0o700 })
}

function sentence(path: string, error: NodeJS.ErrnoException): string {
  const code = error.code ?? ''
  if (code === 'SQLITE_BUSY')
    return `The data folder ${path} is in use by another Our Now: stop that one, or choose another folder with --data DIR.`
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return `There is no space left for the data folder ${path}: free some and start again.`
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `${path} is not a folder: choose another with --data DIR.`
  return `The data folder ${path} cannot be written: make it writable, or choose another with --data DIR. (${code || error.message})`
}
