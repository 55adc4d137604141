import { createHash } from 'node:crypto'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { ConfigError } from '../../config/config-error.ts'

const lockWithinSeconds = 60

/**
 * Does something that only one process may do to a database at a time. The lock ends with the connection that holds it.
 *
 * @throws {ConfigError} when another process holds it for a minute
 */
export async function whileLocked<T>(
  connection: Connection,
  { database, setting }: { database: string; setting: string },
  work: () => Promise<T>,
): Promise<T> {
  // Names of locks are the server's, at most 64 characters.
  const name = `our-now-${createHash('sha256').update(database).digest('hex').slice(0, 32)}`
  const [rows] = await connection.query<RowDataPacket[]>('select get_lock(?, ?) as got', [
    name,
    lockWithinSeconds,
  ])
  if (rows[0]?.['got'] !== 1)
    throw new ConfigError(
      `${setting}: another process has been changing the tables of this database for ${lockWithinSeconds} s; wait for it and start again.`,
    )
  try {
    return await work()
  } finally {
    await connection.query('select release_lock(?)', [name])
  }
}
