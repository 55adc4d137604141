import { createConnection, type RowDataPacket } from 'mysql2/promise'

const connectWithinMs = 3_000

/**
 * Runs statements one after the other on a connection of its own and closes it: for tools and tests, which create
 * databases or end connections. Services use `openDatabase`.
 *
 * @param serverUrl  `mysql://user:password@host:port`, with or without a database.
 * @returns the rows of the last statement; none for one that gives none
 */
export async function runStatements(
  serverUrl: string,
  statements: readonly string[],
): Promise<readonly RowDataPacket[]> {
  const connection = await createConnection({ uri: serverUrl, connectTimeout: connectWithinMs })
  try {
    let rows: readonly RowDataPacket[] = []
    for (const statement of statements) {
      const [given] = await connection.query<RowDataPacket[]>(statement)
      rows = Array.isArray(given) ? given : []
    }
    return rows
  } finally {
    connection.destroy()
  }
}
