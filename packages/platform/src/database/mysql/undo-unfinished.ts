import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { Logger } from '../../logging/logger.ts'

/**
 * MySQL commits at each change of a table, so a step of the schema that stops half way leaves the tables that it had
 * made. What was there before a step is written down first; whoever comes next takes the new tables away and begins the
 * step anew. Rows that the step wrote are its transaction's. A step that changes a table that was there cannot be undone:
 * it holds that one statement and nothing else (expand, then contract).
 */
const notes = 'unfinished_migrations'

/** Runs a step; when it fails, or failed at its last try, the tables that it made are gone. */
export async function withUndo<T>(
  connection: Connection,
  { name, log }: { name: string; log: Logger },
  step: () => Promise<T>,
): Promise<T> {
  await undoUnfinished(connection, log)
  const before = await listTables(connection)
  await connection.query(`insert into ${notes} (name, tables_before) values (?, ?)`, [
    name,
    JSON.stringify(before),
  ])
  try {
    const value = await step()
    await connection.query(`delete from ${notes}`)
    return value
  } catch (error) {
    await undoUnfinished(connection, log)
    throw error
  }
}

async function undoUnfinished(connection: Connection, log: Logger): Promise<void> {
  await connection.query(
    `create table if not exists ${notes} (name varchar(100) not null primary key, tables_before longtext not null)
      engine=InnoDB default character set utf8mb4 collate utf8mb4_bin`,
  )
  const [unfinished] = await connection.query<RowDataPacket[]>(`select name, tables_before from ${notes}`)
  for (const { name, tables_before: tablesBefore } of unfinished) {
    if (!(await isApplied(connection, String(name)))) {
      const before = new Set<unknown>(JSON.parse(String(tablesBefore)))
      const made = (await listTables(connection)).filter((table) => !before.has(table))
      log.warn({ migration: name, tables: made }, 'migration was interrupted, its tables are made anew')
      for (const table of made) await connection.query('drop table ??', [table])
    }
    await connection.query(`delete from ${notes} where name = ?`, [name])
  }
}

async function isApplied(connection: Connection, name: string): Promise<boolean> {
  const tables = await listTables(connection)
  if (!tables.includes('applied_migrations')) return false
  const [rows] = await connection.query<RowDataPacket[]>(
    'select name from applied_migrations where name = ?',
    [name],
  )
  return rows.length > 0
}

async function listTables(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `select table_name as name from information_schema.tables
      where table_schema = database() and table_type = 'BASE TABLE' order by table_name`,
  )
  return rows.map((row) => String(row['name']))
}
