import { Redis } from 'ioredis'
import { createConnection, type RowDataPacket } from 'mysql2/promise'

/** Runs statements as the database's administrator, over a connection of their own without a proxy. */
export async function askDatabase(url: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection({ uri: url, connectTimeout: 1_500 })
  try {
    // A database that was stopped in the middle answers late: the fault is then not worth waiting for.
    const [rows] = await connection.query<RowDataPacket[]>({ sql, timeout: 2_000 })
    return rows
  } finally {
    connection.destroy()
  }
}

export async function askRedis(url: string, command: string, ...args: string[]): Promise<unknown> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 1_500,
    commandTimeout: 2_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    return await redis.call(command, ...args)
  } finally {
    redis.disconnect()
  }
}
