import type { Database, Migration } from '@our-now/platform/database/database.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lendMysqlDatabase } from './infra/lend-mysql-database.ts'
import { createTestLog } from './test-log.ts'

export interface TestDatabase {
  readonly database: Database
  /** Closes the database and removes what was in it. */
  close(): Promise<void>
}

/**
 * A real database with these migrations and nothing else in it: SQLite in a temporary folder, or, where
 * TEST_DATABASE=mysql, one of the server that MYSQL_URL names.
 */
export async function openTestDatabase(migrations: readonly Migration[]): Promise<TestDatabase> {
  const place =
    process.env['TEST_DATABASE'] === 'mysql' ? await lendMysqlDatabase(migrations) : await makeSqliteFile()
  const database = await openDatabase(place.url, { migrations, log: createTestLog() })
  return {
    database,
    close: async () => {
      await database.close()
      await place.giveBack()
    },
  }
}

async function makeSqliteFile(): Promise<{ url: string; giveBack: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-database-'))
  return {
    url: `sqlite:${join(folder, 'test.db')}`,
    giveBack: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}
