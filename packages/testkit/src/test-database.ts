import type { Database, Migration } from '@our-now/platform/database/database.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestLog } from './test-log.ts'

export interface TestDatabase {
  readonly database: Database
  /** Closes the database and removes its folder. */
  close(): Promise<void>
}

/** A real SQLite database with these migrations, in a temporary folder of its own. */
export async function openTestDatabase(migrations: readonly Migration[]): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-database-'))
  const database = await openDatabase(`sqlite:${join(folder, 'test.db')}`, {
    migrations,
    log: createTestLog(),
  })
  return {
    database,
    close: async () => {
      await database.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
