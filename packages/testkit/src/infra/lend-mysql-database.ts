import { runStatements } from '@our-now/platform/database/mysql/run-statements.ts'
import type { Migration } from '@our-now/platform/database/database.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { randomUUID } from 'node:crypto'
import { createTestLog } from '../test-log.ts'
import { createMysqlDatabase } from './mariadb-databases.ts'

/** A database of a test as it was when its tables had just been made. */
interface Fresh {
  readonly url: string
  /** The rows that the migrations wrote, as statements. */
  readonly seeds: readonly string[]
}

/** By the names of the migrations: those that no test uses now. Making tables costs more than emptying them. */
const free = new Map<string, Fresh[]>()

/** Databases of tests begin so; who started the server, or the run of tests, drops them. */
export const testDatabasePrefix = 'our_now_test_'

/**
 * A database with these tables and only what the migrations wrote in it.
 *
 * @throws {Error} without MYSQL_URL
 */
export async function lendMysqlDatabase(
  migrations: readonly Migration[],
): Promise<{ url: string; giveBack: () => Promise<void> }> {
  const key = migrations.map(({ name }) => name).join()
  const fresh = free.get(key)?.pop() ?? (await make(migrations))
  return {
    url: fresh.url,
    giveBack: async () => {
      await restore(fresh)
      free.set(key, [...(free.get(key) ?? []), fresh])
    },
  }
}

async function make(migrations: readonly Migration[]): Promise<Fresh> {
  const serverUrl = process.env['MYSQL_URL']
  if (serverUrl === undefined || serverUrl === '') throw new Error('TEST_DATABASE=mysql needs MYSQL_URL')
  const name = `${testDatabasePrefix}${randomUUID().replaceAll('-', '').slice(0, 12)}`
  const url = await createMysqlDatabase(serverUrl, name)
  const database = await openDatabase(url, { migrations, log: createTestLog() })
  await database.close()
  return { url, seeds: await listSeeds(url) }
}

async function listSeeds(url: string): Promise<string[]> {
  const seeds: string[] = []
  for (const table of await listTables(url)) {
    const rows = await runStatements(url, [`select * from \`${table}\``])
    for (const row of rows) {
      const columns = Object.keys(row).map((column) => `\`${column}\``)
      const values = Object.values(row).map((value) =>
        typeof value === 'number' ? String(value) : `'${String(value)}'`,
      )
      seeds.push(`insert into \`${table}\` (${columns.join()}) values (${values.join()})`)
    }
  }
  return seeds
}

async function restore({ url, seeds }: Fresh): Promise<void> {
  const tables = await listTables(url)
  await runStatements(url, [
    'set autocommit = 0',
    ...tables.map((table) => `delete from \`${table}\``),
    ...seeds,
    'commit',
  ])
}

async function listTables(url: string): Promise<string[]> {
  const rows = await runStatements(url, [
    `select table_name as name from information_schema.tables where table_schema = database()`,
  ])
  return rows.map((row) => String(row['name']))
}
